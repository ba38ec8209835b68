using System.Text.RegularExpressions;

namespace Travel.Domain.Accounts;

/// <summary>What people may say of themselves.</summary>
public static partial class PersonalDetails
{
    // Names are in mails and beside reviews; nobody is to send links with them.
    private static readonly char[] NotInNames = ['<', '>', '@', '/', '\\'];

    /// <returns>What is wrong with the name, in words for its owner; null when nothing is.</returns>
    public static string? ErrorOfName(string name) => name.Trim() switch
    {
        "" => "Your name is missing.",
        { Length: > User.LongestDisplayName } => $"At most {User.LongestDisplayName} characters.",
        var text when text.IndexOfAny(NotInNames) >= 0 => "A name has none of the characters < > @ / and \\.",
        var text when !PlainText.IsLine(text, 1, User.LongestDisplayName) => "A name is one line, without characters that cannot be seen.",
        var text when Address().IsMatch(text) => "This reads like the address of a site. Between a dot and what follows it is a space.",
        _ => null,
    };

    /// <returns>What is wrong with the phone number; null when nothing is.</returns>
    public static string? ErrorOfPhone(string phone) => phone.Trim() switch
    {
        { Length: > User.LongestPhone } => $"At most {User.LongestPhone} characters.",
        var text when text.Count(char.IsAsciiDigit) < 5 || text.TrimStart('+').Any(character => !char.IsAsciiDigit(character) && character is not (' ' or '-' or '(' or ')' or '.')) =>
            "A phone number has digits, and spaces, brackets or dashes between them: +251 91 123 4567.",
        _ => null,
    };

    /// <summary>What mail programs make a link of: two letters or digits at least on both sides of a dot. Initials have one.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}]{2}[.\u3002\uFF0E\uFF61][\p{L}\p{N}]{2}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
