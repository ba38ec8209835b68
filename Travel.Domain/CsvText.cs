using System.Buffers;
using System.Globalization;

namespace Travel.Domain;

/// <summary>Lines of files for bookkeeping (RFC 4180), which people open with a spreadsheet.</summary>
public static class CsvText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>With which a spreadsheet takes a cell for a formula.</summary>
    private const string Formula = "=+-@\t\r";

    public static string Line(params IEnumerable<string> cells) => string.Join(',', cells) + "\r\n";

    /// <summary>What people have written: an apostrophe before what a spreadsheet would work out, as OWASP says. Numbers are ours and stay numbers.</summary>
    public static string Text(string cell)
    {
        var harmless = cell.Length > 0 && Formula.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return harmless.AsSpan().ContainsAny(NeedQuotes) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
