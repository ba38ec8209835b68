using Travel.Contracts.Availability;
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
    IReadOnlyList<ExportedPayment> Payments,
    IReadOnlyList<ExportedAction> ActionsOnOthersBookings,
    IReadOnlyList<ExportedReview> Reviews,
    IReadOnlyList<ExportedReply> RepliesToReviews,
    IReadOnlyList<ExportedMail> Mails,
    IReadOnlyList<ExportedSuppression> Suppressions,
    IReadOnlyList<ExportedListing> Listings,
    IReadOnlyList<ExportedOperation> Operations);

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
    IReadOnlyList<ExportedTimelineEntry> Timeline,
    IReadOnlyList<ExportedChange> Changes);

/// <summary>Another stay that was asked for in place of a booked one.</summary>
/// <param name="SettledAt">When it stopped being pending.</param>
public sealed record ExportedChange(
    DateOnly CheckIn, DateOnly CheckOut, int Guests, Quote Quote, string Status, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? SettledAt);

/// <param name="ByYou">Done by the person whose export this is; else by somebody else or by Travel itself.</param>
public sealed record ExportedTimelineEntry(DateTimeOffset At, string Event, bool ByYou, string? Reason);

/// <summary>One attempt to pay.</summary>
/// <param name="Received">What came of it; null when nothing has.</param>
/// <param name="Method">What it was paid with, as the payment provider says it.</param>
/// <param name="Refunds">What went back, or is going back, of it.</param>
/// <param name="Notices">What the payment provider told us of its own accord, and whom it named.</param>
public sealed record ExportedPayment(
    string TxRef,
    string BookingReference,
    Money Amount,
    Money? Received,
    string State,
    string? Method,
    string? GatewayReference,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SettledAt,
    IReadOnlyList<ExportedRefund> Refunds,
    IReadOnlyList<ExportedNotice> Notices);

public sealed record ExportedRefund(string Reference, Money Amount, string Cause, string State, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt);

public sealed record ExportedNotice(DateTimeOffset ReceivedAt, string Event, string Status, string? FirstName, string? LastName, string? Email, string? Mobile);

public sealed record ExportedAction(DateTimeOffset At, string Event, string BookingReference, string? Reason);

public sealed record ExportedReview(
    Guid Id, string Listing, int Rating, string Text, string? Reply, DateTimeOffset? RepliedAt, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt);

/// <summary>What was answered, as a host, to what a guest wrote; the guest's words are the guest's.</summary>
public sealed record ExportedReply(Guid ReviewId, string Listing, string Reply, DateTimeOffset? RepliedAt);

/// <param name="LastError">What our mail server said when it could not be sent.</param>
public sealed record ExportedMail(string Kind, string Status, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, string? LastError);

/// <summary>A reason for which your address gets no mail, or no subscription mail.</summary>
/// <param name="Note">What your mail server said, or an operator.</param>
public sealed record ExportedSuppression(string Reason, DateTimeOffset Since, string? Note);

/// <param name="Listing">What you have said of it.</param>
/// <param name="CalendarLinkIssuedAt">Since when its calendar can be read with a link; null when there is none.</param>
public sealed record ExportedListing(
    Guid Id,
    string Slug,
    ListingStatus Status,
    ListingRequest Listing,
    IReadOnlyList<ListingPhoto> Photos,
    Rates Rates,
    IReadOnlyList<BlockResponse> ClosedNights,
    IReadOnlyList<ExportedCalendar> ImportedCalendars,
    DateTimeOffset? CalendarLinkIssuedAt,
    DateTimeOffset CreatedAt,
    ListingSuspension? Suspension = null);

public sealed record ExportedCalendar(string Name, string Url, DateTimeOffset CreatedAt);

/// <summary>Something done as an operator.</summary>
public sealed record ExportedOperation(DateTimeOffset At, string Action, string Subject);
