using Travel.Contracts.Bookings;
using Travel.Domain.Messaging;

namespace Travel.Tests.Security;

/// <summary>Who may do what: one line for each endpoint. A new endpoint without a line fails a test, and so does a line without an endpoint.</summary>
internal static class AuthorizationTable
{
    private const string Everybody = "ok ok ok ok ok ok";
    private const string EverybodySignedIn = "401 ok ok ok ok ok";
    private const string AnyHost = "401 403 403 ok ok 403";
    private const string TheHostOfTheListing = "401 403 403 ok 403 403";
    private const string WhoHasToDoWithTheBooking = "401 ok 404 ok 404 ok";
    private const string ItsGuest = "401 ok 404 403 404 403";
    private const string ItsHost = "401 403 404 ok 404 403";
    private const string ItsGuestAndItsHost = "401 ok 404 ok 404 403";
    private const string TheOperator = "401 403 403 403 403 ok";
    private const string TheOperatorWhoFindsNothing = "401 403 403 403 403 404";

    /// <summary>Stands for a body of <c>multipart/form-data</c> with a picture.</summary>
    public const string APicture = "a picture";

    private const string AListing =
        """
        {"title":"Harbour flat","description":"Two rooms.","type":"apartment","city":"Massawa","country":"Eritrea","latitude":15.6,"longitude":39.4,
        "timeZone":"Africa/Asmara","checkInTime":"14:00:00","checkOutTime":"11:00:00","maxGuests":4,"bedrooms":2,"minNights":2,"maxNights":60,
        "pricePerNight":{"amount":"1000.00","currency":"ETB"},"cancellationPolicy":"flexible","paymentMode":"onArrival","bookingMode":"instant","amenities":[]}
        """;

    /// <summary>
    /// The answers to: nobody · the guest of the booking · another guest · the host of it · another host · the operator.
    /// <c>ok</c> is whatever is not 401, 403 or 404: who came that far was let in.
    /// </summary>
    public static IReadOnlyList<Entry> Entries { get; } =
    [
        new("post /accounts", Everybody, """{"email":"","password":"","displayName":""}"""),
        new("post /accounts/verification", Everybody, """{"token":""}"""),
        new("post /accounts/verification-mail", Everybody, """{"email":""}"""),
        new("post /accounts/password-reset", Everybody, """{"email":""}"""),
        new("put /accounts/password-reset", Everybody, """{"token":"","password":""}"""),

        new("post /sessions", Everybody, """{"email":"","password":""}"""),
        new("post /sessions/refresh", Everybody, "{}"),
        new("get /sessions", EverybodySignedIn),
        new("delete /sessions", EverybodySignedIn),
        new("delete /sessions/current", EverybodySignedIn),
        // The guest's.
        new("delete /sessions/{id}", "401 ok 404 404 404 404"),

        new("get /me", EverybodySignedIn),
        new("put /me", EverybodySignedIn, """{"displayName":"Somebody else"}"""),
        new("put /me/password", EverybodySignedIn, """{"currentPassword":"","newPassword":""}"""),
        new("post /me/hosting", EverybodySignedIn),
        new("get /me/export", EverybodySignedIn),
        new("delete /me", EverybodySignedIn, """{"password":""}"""),

        new("get /listings", Everybody),
        new("get /places", Everybody),
        new("get /listings/{idOrSlug}", Everybody),
        new("get /listings/{id}/quote", Everybody),
        new("get /listings/{id}/reviews", Everybody),
        new("get /photos/{id}", Everybody),

        new("get /host/listings", AnyHost),
        new("get /host/listings/{id}", "401 403 403 ok 404 403"),
        new("post /listings", AnyHost, AListing),
        new("put /listings/{id}", TheHostOfTheListing, AListing),
        new("post /listings/{id}/publication", TheHostOfTheListing),
        new("post /listings/{id}/archive", "401 403 403 ok 404 403"),
        new("get /listings/{id}/rates", TheHostOfTheListing),
        new("put /listings/{id}/rates", TheHostOfTheListing, """{"pricePerNight":{"amount":"1000.00","currency":"ETB"}}"""),
        new("post /listings/{id}/photos", TheHostOfTheListing, APicture),
        new("put /listings/{id}/photos", TheHostOfTheListing, """{"photos":[]}"""),
        new("delete /listings/{id}/photos/{photoId}", TheHostOfTheListing),

        new("get /listings/{id}/availability", Everybody),
        // Everybody who has its token.
        new("get /listings/{id}/calendar.ics", Everybody),
        new("get /listings/{id}/calendar", TheHostOfTheListing),
        new("put /listings/{id}/calendar-token", TheHostOfTheListing),
        new("delete /listings/{id}/calendar-token", TheHostOfTheListing),
        new("get /listings/{id}/blocks", TheHostOfTheListing),
        new("post /listings/{id}/blocks", TheHostOfTheListing, """{"from":"2020-01-01","to":"2020-01-02"}"""),
        new("delete /listings/{id}/blocks/{blockId}", TheHostOfTheListing),
        new("get /listings/{id}/imports", TheHostOfTheListing),
        new("put /listings/{id}/imports", TheHostOfTheListing, "[]"),
        new("post /listings/{id}/imports/{importId}/refresh", TheHostOfTheListing),

        new("post /bookings", EverybodySignedIn, """{"listingId":"{listing}","checkIn":"2020-01-01","checkOut":"2020-01-02","guests":1}"""),
        new("get /bookings", EverybodySignedIn),
        new("get /bookings/{id}", WhoHasToDoWithTheBooking),
        new("get /bookings/{id}/timeline", WhoHasToDoWithTheBooking),
        new("get /bookings/{id}/calendar.ics", WhoHasToDoWithTheBooking),
        new("post /bookings/{id}/acceptance", ItsHost, Stay: BookingStatus.Requested),
        new("post /bookings/{id}/rejection", ItsHost, "{}", BookingStatus.Requested),
        new("get /bookings/{id}/cancellation", WhoHasToDoWithTheBooking, Stay: BookingStatus.Confirmed),
        new("post /bookings/{id}/cancellation", WhoHasToDoWithTheBooking, """{"refund":{"amount":"1.00","currency":"ETB"}}""", BookingStatus.Confirmed),
        new("post /bookings/{id}/change", ItsGuest, """{"checkIn":"2020-01-01","checkOut":"2020-01-02","guests":1}""", BookingStatus.Confirmed),
        new("post /bookings/{id}/early-departure", ItsGuestAndItsHost, """{"on":"2020-01-01"}""", BookingStatus.Confirmed),

        new("post /bookings/{id}/payment", ItsGuest),
        new("get /bookings/{id}/payment", "401 ok 404 404 404 ok"),
        new("post /bookings/{id}/payment/check", "401 ok 404 404 404 ok"),
        // Whoever knows the secret; nobody here does.
        new("post /payments/chapa/webhook", "401 401 401 401 401 401", "{}"),
        new("get /payments/chapa/callback", Everybody),

        new("get /bookings/{id}/review", WhoHasToDoWithTheBooking),
        new("post /bookings/{id}/review", ItsGuest, """{"rating":5,"text":"Good."}"""),
        new("put /bookings/{id}/review", ItsGuest, """{"rating":4,"text":"Good."}""", IsReviewed: true),
        new("post /bookings/{id}/review/reply", ItsHost, """{"text":"Thanks."}""", IsReviewed: true),
        new("put /bookings/{id}/review/reply", ItsHost, """{"text":"Thanks."}""", IsReviewed: true, IsReplied: true),

        new("get /host/earnings", AnyHost),
        new("get /host/earnings.csv", AnyHost),

        // Whoever has a letter with its secret; nobody here does.
        new("post /mail/unsubscription", Everybody, """{"token":""}"""),

        new("get /operations/jobs", TheOperator),
        new("get /operations/jobs/{name}/runs", TheOperator),
        new("post /operations/jobs/{name}/run", TheOperator),
        new("put /operations/jobs/{name}/pause", TheOperator, """{"paused":false}"""),
        new("get /operations/errands", TheOperator),
        new("post /operations/errands", TheOperator, """{"kind":"photoCheck"}"""),
        // One that is not there.
        new("get /operations/errands/{id}", TheOperatorWhoFindsNothing),
        new("get /operations/errands/{id}/file", TheOperatorWhoFindsNothing),
        new("post /operations/errands/{id}/cancellation", TheOperatorWhoFindsNothing),
        new("get /operations/payments/unsettled", TheOperator),
        // Of a payment that is not there.
        new("post /operations/payments/{id}/reconcile", TheOperatorWhoFindsNothing),
        new("post /operations/payments/{id}/refund", TheOperatorWhoFindsNothing, """{"amount":{"amount":"1.00","currency":"ETB"},"reason":"A test."}"""),
        new("post /operations/refunds/{id}/settlement", TheOperatorWhoFindsNothing, """{"isRefunded":true,"reason":"A test."}"""),
        new("get /operations/payments/reports", TheOperator),
        new("get /operations/queues", TheOperator),
        new("get /operations/queues/history", TheOperator),
        new("get /operations/cache", TheOperator),
        new("get /operations/cache/history", TheOperator),
        new("delete /operations/cache/tags/{tag}", TheOperator),
        new("get /operations/dead-letters", TheOperator),
        // Of a dead letter that is not there.
        new("get /operations/dead-letters/{id}", TheOperatorWhoFindsNothing),
        new("post /operations/dead-letters/{id}/replay", TheOperatorWhoFindsNothing),
        new("delete /operations/dead-letters/{id}", TheOperatorWhoFindsNothing, """{"reason":"A test."}"""),
        new("post /operations/dead-letters/replay", TheOperator, $$"""{"queue":"{{Topology.QueueNames[0]}}"}"""),
        new("get /operations/outbox", TheOperator),
        // Of a message that is not there.
        new("get /operations/outbox/{id}", TheOperatorWhoFindsNothing),
        new("post /operations/outbox/{id}/attempt", TheOperatorWhoFindsNothing),
        new("delete /operations/outbox/{id}", TheOperatorWhoFindsNothing, """{"reason":"A test."}"""),
        new("get /operations/listings", TheOperator),
        new("get /operations/listings/{id}", TheOperator),
        new("post /operations/listings/{id}/suspension", TheOperator, """{"reason":"A test."}"""),
        new("delete /operations/listings/{id}/suspension", TheOperator),
        new("get /operations/bookings", TheOperator),
        new("get /operations/bookings/{id}/ledger", TheOperator),
        new("get /operations/accounts/inactive", TheOperator),
        new("get /operations/users", TheOperator),
        new("get /operations/invariants", TheOperator),
        new("get /operations/audit", TheOperator),
        new("get /operations/mails", TheOperator),
        new("post /operations/mails/{id}/resend", TheOperatorWhoFindsNothing),
        new("get /operations/mail/suppressions", TheOperator),
        new("put /operations/mail/suppressions", TheOperator, """{"address":"nobody@travel.invalid","reason":"A test."}"""),
        new("delete /operations/mail/suppressions/{id}", TheOperatorWhoFindsNothing, """{"reason":"A test."}"""),
    ];

    /// <param name="Operation">Method and path below <c>/api/v1</c>, as in the OpenAPI document.</param>
    /// <param name="Answers">Six of them, in the order above.</param>
    /// <param name="Body">A valid one where there is a body: what is malformed is refused before it is asked whose it is.</param>
    /// <param name="Stay">What the booking is like.</param>
    /// <param name="IsReviewed">The guest has reviewed the stay.</param>
    /// <param name="IsReplied">The host has replied to the review.</param>
    internal sealed record Entry(
        string Operation,
        string Answers,
        string? Body = null,
        BookingStatus Stay = BookingStatus.Completed,
        bool IsReviewed = false,
        bool IsReplied = false);
}
