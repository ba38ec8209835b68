using Travel.Api.Availability;
using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Mail;

namespace Travel.Api.Accounts;

internal static class AccountExamples
{
    private const string Email = "guest@example.org";
    private const string Password = "four words of mine";
    private const string OtherPassword = "four other words of mine";
    private const string Token = "qW7eRt5yUi9oPa3sDf1gHj6kLz8xCv2bNm4QwErTyUI";
    private const string Browser = "Firefox on Linux";
    private static readonly DateTimeOffset Now = ListingExamples.Now;
    private static readonly DateTimeOffset RegisteredAt = new(2026, 3, 2, 7, 15, 0, TimeSpan.Zero);
    private static readonly MeResponse Me = new(new("01990a10-2b3c-7d4e-8f50-61728394a5b6"), Email, "Dawit", "+251 91 123 4567", AccountRole.Guest, RegisteredAt);
    private static readonly SessionSummary Session = new(new("01990b58-9f0e-7a1b-b2c3-d4e5f6071829"), Browser, Now.AddDays(-2), Now, Current: true);

    public static readonly Example AHost = Example.Of(Me with { Role = AccountRole.Host }, "MeAsHost");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new RegisterRequest(Email, Password, Me.DisplayName)),
        Example.Of(new VerifyAddressRequest(Token)),
        Example.Of(new AccountMailRequest(Email)),
        Example.Of(new ResetPasswordRequest(Token, OtherPassword)),
        Example.Of(new SignInRequest(Email, Password)),
        Example.Of(new RefreshSessionRequest(Token)),
        // The head of a token and no more of it: a whole one would look like somebody's.
        Example.Of(new SessionResponse("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…", Now.AddMinutes(10), Token)),
        Example.PageOf(Session),
        Example.Of(Me),
        AHost,
        Example.Of(new UpdateMeRequest(Me.DisplayName, Me.Phone)),
        Example.Of(new ChangePasswordRequest(Password, OtherPassword)),
        Example.Of(new EraseMeRequest(Password)),
        Example.Of(Export()),
        Example.PageOf(new InactiveAccount(Me.Id, Me.DisplayName, MaskedAddress.Of(Email), RegisteredAt.AddYears(-2), new DateOnly(2024, 5, 18))),
        Example.PageOf(new UserSummary(Me.Id, Me.DisplayName, MaskedAddress.Of(Email), EmailVerified: true, Me.Role, RegisteredAt)),
    ];

    private static AccountExport Export() => new(
        Now,
        new ExportedProfile(Me.Id, Email, EmailVerified: true, Me.DisplayName, Me.Phone, Me.Role, RegisteredAt, WrongPasswordsInARow: 0, LockedUntil: null),
        [new ExportedSession(Session.Id, Browser, Session.CreatedAt, Now, EndedAt: null, EndReason: null, Refreshes: 7)],
        [new ExportedLink("VerifyAddress", RegisteredAt, RegisteredAt.AddDays(1), RegisteredAt.AddMinutes(4))],
        [
            new ExportedBooking(
                BookingExamples.Id, BookingExamples.Reference, ListingExamples.Listing.Title, BookingStatus.Confirmed, BookingExamples.CheckIn,
                BookingExamples.CheckOut, 2, BookingExamples.Note, ListingExamples.Quote, PaymentMode.OnArrival, Now,
                [new ExportedTimelineEntry(Now, "confirmed", ByYou: true, Reason: null)], Changes: []),
        ],
        Payments: [],
        ActionsOnOthersBookings: [],
        Reviews: [],
        RepliesToReviews: [],
        [new ExportedMail("booking-confirmed", "Sent", Now, Now.AddSeconds(1), LastError: null)],
        Suppressions: [new ExportedSuppression("Unsubscribed", Now, Note: null)],
        Listings: [],
        Operations: []);
}
