using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Contracts.Accounts;

/// <summary>Everything that is held on one person (GDPR, article 15 and 20), but for the secrets themselves.</summary>
public sealed record AccountExport(
    DateTimeOffset ExportedAt,
    ExportedProfile Profile,
    IReadOnlyList<ExportedSession> Sessions,
    IReadOnlyList<ExportedLink> MailedLinks,
    IReadOnlyList<ExportedBooking> Bookings,
    IReadOnlyList<ExportedAction> ActionsOnOthersBookings,
    IReadOnlyList<ExportedReview> Reviews,
    IReadOnlyList<ExportedMail> Mails,
    IReadOnlyList<ExportedListing> Listings);

public sealed record ExportedProfile(
    Guid Id,
    string Email,
    bool EmailVerified,
    string DisplayName,
    string? Phone,
    AccountRole Role,
    DateTimeOffset CreatedAt,
    int WrongPasswordsInARow,
    DateTimeOffset? LockedUntil);

public sealed record ExportedSession(
    Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset? EndedAt, string? EndReason, int Refreshes);

/// <param name="Purpose">What the link in the mail was for.</param>
public sealed record ExportedLink(string Purpose, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt);

public sealed record ExportedBooking(
    Guid Id,
    string Reference,
    string Listing,
    BookingStatus Status,
    DateOnly CheckIn,
    DateOnly CheckOut,
    int Guests,
    string? Note,
    Quote Quote,
    PaymentMode PaymentMode,
    DateTimeOffset CreatedAt,
    IReadOnlyList<ExportedTimelineEntry> Timeline);

/// <param name="ByYou">Done by the person whose export this is; else by somebody else or by Travel itself.</param>
public sealed record ExportedTimelineEntry(DateTimeOffset At, string Event, bool ByYou, string? Reason);

public sealed record ExportedAction(DateTimeOffset At, string Event, string BookingReference, string? Reason);

public sealed record ExportedReview(
    Guid Id, string Listing, int Rating, string Text, string? Reply, DateTimeOffset? RepliedAt, DateTimeOffset CreatedAt);

public sealed record ExportedMail(string Kind, string Status, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

public sealed record ExportedListing(
    Guid Id,
    string Slug,
    string Title,
    string Description,
    ListingType Type,
    string Status,
    string City,
    string Country,
    double Latitude,
    double Longitude,
    Money PricePerNight,
    DateTimeOffset CreatedAt);
