namespace Travel.Worker.Mail;

/// <summary>A letter for those who read mail as text.</summary>
internal static class LetterText
{
    public static string Of(Letter letter) => string.Join("\n\n", Parts(letter).Where(part => part.Length > 0));

    private static IEnumerable<string> Parts(Letter letter) =>
    [
        letter.Greeting,
        .. letter.Lead,
        Lines(letter.Heading, letter.Subheading),
        Lines([.. letter.Facts.Select(fact => $"{fact.Label}: {fact.Value}"), letter.FactsNote]),
        .. letter.Closing,
        Line(letter.Link),
        Lines("--", letter.Footer, Line(letter.Unsubscribe)),
    ];

    private static string Line(LetterLink? link) => link is null ? "" : $"{link.Label}: {link.Address}";

    private static string Lines(params IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
}
