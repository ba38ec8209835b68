namespace Travel.Api;

/// <summary>Patterns for LIKE of what somebody has typed, of which every character stands for itself. Backslash is the escape character.</summary>
internal static class LikePattern
{
    /// <summary>An index of trigrams knows what three letters are in a text, and which it begins with: shorter parts it does not find.</summary>
    private const int ShortestPart = 3;

    /// <summary>Texts that have this one in them; if it is short, only those that begin with it, which are fewer, and which an index finds.</summary>
    public static string Indexed(string text) => text.Length < ShortestPart ? Beginning(text) : "%" + Beginning(text);

    private static string Beginning(string text) =>
        text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
