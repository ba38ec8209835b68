using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace Travel.Domain.Accounts;

public static partial class EmailAddresses
{
    /// <summary>RFC 5321, 4.5.3.1.3, less the angle brackets.</summary>
    public const int Longest = 254;

    /// <summary>The form in which addresses are compared: two that differ in case or in spaces around them are one.</summary>
    public static string Normalize(string email) => email.Trim().ToUpperInvariant();

    /// <summary>
    /// Whether mail can be sent there, as far as can be told without sending one. The part before the @ is ASCII: mail servers without
    /// SMTPUTF8 take no other.
    /// </summary>
    public static bool IsValid(string email) =>
        email.Length <= Longest
        && MailAddress.TryCreate(email, out var address)
        && address.Address == email
        && address.Host.Contains('.', StringComparison.Ordinal)
        && Ascii.IsValid(address.User)
        && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '"' or '<' or '>');

    /// <summary>Whatever looks like one in the middle of a text: rather too much of it than too little.</summary>
    [GeneratedRegex(
        @"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex InText();
}
