using System.Collections.Frozen;

namespace Travel.Domain.Accounts;

/// <summary>
/// What a password must be: long enough, and nothing that is tried first. No rules of composition, which make passwords worse
/// (NIST SP 800-63B, 3.1.1.2).
/// </summary>
public static class PasswordRules
{
    /// <summary>In characters, not in UTF-16 units.</summary>
    public const int Shortest = 10;

    /// <summary>Long enough for any sentence, short enough to be hashed at once.</summary>
    public const int Longest = 128;

    private static readonly FrozenSet<string> Common = Read();

    /// <returns>What is wrong with it, in words for its owner; null when nothing is.</returns>
    public static string? ErrorOf(string password, string email, string displayName)
    {
        var length = password.EnumerateRunes().Count();
        return password switch
        {
            _ when length < Shortest => $"At least {Shortest} characters. A few words you can remember do well.",
            _ when length > Longest => $"At most {Longest} characters.",
            _ when Is(password, email) || Is(password, email.Split('@')[0]) || Is(password, displayName) => "Your address or name is guessed first. Choose something else.",
            _ when Common.Contains(password) => "This is one of the most used passwords, and is guessed first. Choose something else.",
            _ => null,
        };
    }

    private static bool Is(string password, string known) => string.Equals(password.Trim(), known.Trim(), StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Read()
    {
        using var file = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
