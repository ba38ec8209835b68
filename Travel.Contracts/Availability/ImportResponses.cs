namespace Travel.Contracts.Availability;

/// <summary>A calendar elsewhere whose events close nights here.</summary>
/// <param name="Name">What the host calls it; at most 100 characters.</param>
/// <param name="Url">Where its iCalendar file is; https, at most 2,000 characters. Often a secret of its own.</param>
public sealed record ImportRequest(string Name, string Url);

public enum ImportState
{
    /// <summary>Not fetched yet.</summary>
    Pending,

    /// <summary>Fetched and read the last time it was tried.</summary>
    Fetched,

    /// <summary>The last try failed; what it said before still counts.</summary>
    Failed,
}

/// <param name="Problem">Why the last try failed, in a sentence; null when it did not.</param>
/// <param name="Notes">What of the calendar could not be taken as it stands.</param>
/// <param name="Events">How many of its events take nights.</param>
/// <param name="Conflicts">Stays that are not over and have nights which the calendar takes too, the first 50; the bookings stay.</param>
/// <param name="MoreConflicts">How many more of them there are.</param>
public sealed record ImportResponse(
    Guid Id,
    string Name,
    string Url,
    ImportState State,
    string? Problem,
    IReadOnlyList<string> Notes,
    DateTimeOffset? TriedAt,
    DateTimeOffset? SucceededAt,
    int Events,
    IReadOnlyList<ImportConflict> Conflicts,
    int MoreConflicts = 0);

/// <summary>A booking here and what takes some of its nights elsewhere.</summary>
/// <param name="From">When the first of the events elsewhere begins that meet it.</param>
/// <param name="To">When the last of them ends.</param>
public sealed record ImportConflict(DateOnly From, DateOnly To, Guid BookingId, string Reference, DateOnly CheckIn, DateOnly CheckOut);
