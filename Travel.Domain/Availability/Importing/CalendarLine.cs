using System.Text;

namespace Travel.Domain.Availability.Importing;

/// <summary>One line of an iCalendar file (RFC 5545, 3.1): <c>NAME;PARAMETER=VALUE:value</c>. Names are in upper case.</summary>
internal sealed record CalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    private static readonly Dictionary<string, string> NoParameters = [];

    /// <summary>The lines of a file, put together where they were folded; what is no line is passed over.</summary>
    public static IEnumerable<CalendarLine> In(string text)
    {
        var whole = new StringBuilder();
        foreach (var line in LinesOf(text))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                whole.Append(line.AsSpan(1));
                continue;
            }

            if (TryRead(whole.ToString()) is { } before)
            {
                yield return before;
            }

            whole.Clear().Append(line);
        }

        if (TryRead(whole.ToString()) is { } last)
        {
            yield return last;
        }
    }

    // CRLF is right, LF alone is common. Other characters that break lines elsewhere are text here.
    private static string[] LinesOf(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static CalendarLine? TryRead(string line)
    {
        var at = line.AsSpan().IndexOfAny(':', ';');
        if (at <= 0)
        {
            return null;
        }

        var name = line[..at].Trim().ToUpperInvariant();
        Dictionary<string, string>? parameters = null;
        while (at < line.Length && line[at] == ';')
        {
            var end = EndOfParameter(line, at + 1);
            var parameter = line[(at + 1)..end];
            if (parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                parameters ??= new(StringComparer.OrdinalIgnoreCase);
                parameters[parameter[..equals].Trim()] = parameter[(equals + 1)..].Trim().Trim('"');
            }

            at = end;
        }

        return at < line.Length ? new CalendarLine(name, parameters ?? NoParameters, line[(at + 1)..].Trim()) : null;
    }

    /// <summary>Colons and semicolons between quotes are part of the value.</summary>
    private static int EndOfParameter(string line, int from)
    {
        var quoted = false;
        for (var at = from; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && line[at] is ';' or ':')
            {
                return at;
            }
        }

        return line.Length;
    }
}
