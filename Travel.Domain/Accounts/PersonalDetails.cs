namespace Travel.Domain.Accounts;

/// <summary>What people may say of themselves.</summary>
public static class PersonalDetails
{
    // Names are in mails that go to addresses which are not proven yet; nobody is to send links with them.
    private static readonly char[] NotInNames = ['<', '>', '@', '/', '\\'];

    /// <returns>What is wrong with the name, in words for its owner; null when nothing is.</returns>
    public static string? ErrorOfName(string name) => name.Trim() switch
    {
        "" => "Your name is missing.",
        { Length: > User.LongestDisplayName } => $"At most {User.LongestDisplayName} characters.",
        var text when text.Any(char.IsControl) || text.IndexOfAny(NotInNames) >= 0 => "A name has none of the characters < > @ / and \\.",
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
}
