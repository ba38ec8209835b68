using Travel.Domain.Bookings;

namespace Travel.Worker.Mail;

/// <summary>What a mail says, before it is HTML and text. Its parts come in this order; what is empty is left out.</summary>
public sealed record Letter
{
    public required string Subject { get; init; }
    public required string Greeting { get; init; }

    /// <summary>Paragraphs.</summary>
    public required IReadOnlyList<string> Lead { get; init; }

    /// <summary>What it is about: the title of the stay, and below it the place.</summary>
    public string? Heading { get; init; }

    public string? Subheading { get; init; }
    public IReadOnlyList<LetterFact> Facts { get; init; } = [];
    public string? FactsNote { get; init; }

    /// <summary>Paragraphs.</summary>
    public IReadOnlyList<string> Closing { get; init; } = [];

    public LetterLink? Link { get; init; }

    /// <summary>Why the reader gets this mail.</summary>
    public required string Footer { get; init; }

    /// <summary>Where the reader can stop letters like this one; null where they cannot.</summary>
    public LetterLink? Unsubscribe { get; init; }

    /// <summary>The .ics that goes with it.</summary>
    public CalendarFile? Calendar { get; init; }
}

public sealed record LetterFact(string Label, string Value);

public sealed record LetterLink(string Label, Uri Address);
