using System.Globalization;
using System.Text;

namespace Travel.Domain;

/// <summary>What people may write where others read it: nothing that is not seen, and nothing that turns the text around it.</summary>
public static class PlainText
{
    /// <summary>Without anything that breaks a line either, and without spaces around it.</summary>
    public static bool IsLine(string text, int shortest, int longest) =>
        text.Length >= shortest && text.Length <= longest && text.Trim().Length == text.Length && text.EnumerateRunes().All(IsSeen);

    /// <summary>With line breaks and tabs.</summary>
    public static bool IsText(string text) => text.EnumerateRunes().All(rune => rune.Value is '\n' or '\r' or '\t' || IsSeen(rune));

    /// <summary>At most so much of it, as PostgreSQL takes it: with no half of a character at its end, and no zero.</summary>
    public static string Beginning(string text, int longest)
    {
        var beginning = text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        return beginning.Replace('\0', ' ');
    }

    /// <summary>Joiners are letters' business in Persian, Hindi and emoji; all other formatting characters are somebody's trick.</summary>
    private static bool IsSeen(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune != Rune.ReplacementChar;
}
