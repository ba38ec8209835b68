using Travel.Bench.Smtp;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;

namespace Travel.Bench.Soak;

/// <summary>All that is known once it is quiet again, or should be.</summary>
internal sealed record SoakEvidence
{
    /// <summary>The mails that each event calls for.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Bookings that their guests were told of.</summary>
    public required IReadOnlyList<Guid> Answered { get; init; }

    /// <summary>What guests got instead of a booking: one sentence for each.</summary>
    public required IReadOnlyList<string> Refused { get; init; }

    /// <summary>Bookings that are in the database, answered or not.</summary>
    public required IReadOnlyList<Guid> Booked { get; init; }

    public required IReadOnlyList<ToldBooking> Events { get; init; }

    public required IReadOnlyList<NotedMail> Noted { get; init; }

    /// <summary>What came to the mail server.</summary>
    public required IReadOnlyList<Arrival> Arrivals { get; init; }

    public required IReadOnlyList<Death> Deaths { get; init; }

    /// <summary>Events in the outbox that no broker has.</summary>
    public required int Unpublished { get; init; }

    /// <summary>Messages that wait in a queue for their consumer or their next attempt.</summary>
    public required int Queued { get; init; }

    public required int DeadLetters { get; init; }

    /// <summary>What of the data is as it must never be.</summary>
    public required IReadOnlyList<string> Breaches { get; init; }
}

/// <summary>An event in the outbox.</summary>
internal sealed record ToldBooking(Guid EventId, Guid BookingId);

/// <summary>A mail's row.</summary>
/// <param name="Attempts">How often a sender has claimed it.</param>
internal sealed record NotedMail(MailId Id, MailStatus Status, int Attempts);

/// <param name="At">Just before the signal was sent.</param>
/// <param name="GoneAt">When it was found to be gone.</param>
/// <param name="BackAt">When it was found to work again.</param>
internal sealed record Death(string Resource, DateTimeOffset At, DateTimeOffset GoneAt, DateTimeOffset BackAt);
