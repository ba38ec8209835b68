namespace Travel.Contracts.Availability;

/// <summary>Nights in a row.</summary>
/// <param name="From">The first night.</param>
/// <param name="To">The day after the last; not a night of the range.</param>
public sealed record NightRange(DateOnly From, DateOnly To);

/// <summary>What of the dates asked for cannot be booked: apart from each other and in order.</summary>
public sealed record AvailabilityResponse(IReadOnlyList<NightRange> Unavailable);

/// <param name="From">The first night that is closed.</param>
/// <param name="To">The day the place is open again.</param>
/// <param name="Note">For the host alone; at most 500 characters.</param>
public sealed record BlockNightsRequest(DateOnly From, DateOnly To, string? Note = null);

public sealed record BlockResponse(Guid Id, DateOnly From, DateOnly To, string? Note, DateTimeOffset CreatedAt);

/// <summary>The key to a listing's calendar.</summary>
/// <param name="Token">Shown this once; Travel keeps only its hash.</param>
/// <param name="Path">Where the calendar is, below the Api's address, with the token.</param>
public sealed record CalendarTokenResponse(string Token, string Path, DateTimeOffset IssuedAt);

/// <summary>A listing's calendar as its host sees it.</summary>
/// <param name="Today">The date it is at the listing.</param>
/// <param name="LinkIssuedAt">Since when there is a link to the calendar; null when there is none.</param>
public sealed record HostCalendar(
    Guid ListingId, string Slug, string Title, string TimeZone, DateOnly Today, DateTimeOffset? LinkIssuedAt, IReadOnlyList<HostNights> Nights);

public enum NightsOwner { Booking, Block, Import }

/// <summary>Nights that are taken, and by what.</summary>
/// <param name="OwnerId">The booking, the block or the import.</param>
/// <param name="Label">The booking's reference, the block's note or the import's name.</param>
public sealed record HostNights(NightsOwner Owner, Guid OwnerId, DateOnly From, DateOnly To, string? Label);
