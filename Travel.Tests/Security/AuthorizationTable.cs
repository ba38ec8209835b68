using Travel.Contracts.Bookings;

namespace Travel.Tests.Security;

/// <summary>Who may do what: one line for each endpoint. A new endpoint without a line fails a test, and so does a line without an endpoint.</summary>
internal static class AuthorizationTable
{
    private const string Everybody = "ok ok ok ok ok ok";
    private const string EverybodySignedIn = "401 ok ok ok ok ok";
    private const string TheOperator = "401 403 403 403 403 ok";

    /// <summary>
    /// The answers to: nobody · the guest of the booking · another guest · the host of it · another host · the operator.
    /// <c>ok</c> is whatever is not 401, 403 or 404: who came that far was let in.
    /// </summary>
    public static IReadOnlyList<Entry> Entries { get; } =
    [
        new("post /sessions", Everybody, """{"email":"","password":""}"""),
        new("post /sessions/refresh", Everybody, "{}"),

        new("get /listings", Everybody),
        new("get /listings/{idOrSlug}", Everybody),
        new("get /listings/{id}/quote", Everybody),
        new("get /listings/{id}/reviews", Everybody),

        new("post /bookings", EverybodySignedIn, """{"listingId":"{listing}","checkIn":"2020-01-01","checkOut":"2020-01-02","guests":1}"""),
        new("get /bookings/{id}", "401 ok 404 ok 404 ok"),

        new("get /bookings/{id}/review", "401 ok 404 ok 404 ok"),
        new("post /bookings/{id}/review", "401 ok 404 403 404 403", """{"rating":5,"text":"Good."}"""),
        new("put /bookings/{id}/review", "401 ok 404 403 404 403", """{"rating":4,"text":"Good."}""", IsReviewed: true),
        new("post /bookings/{id}/review/reply", "401 403 404 ok 404 403", """{"text":"Thanks."}""", IsReviewed: true),
        new("put /bookings/{id}/review/reply", "401 403 404 ok 404 403", """{"text":"Thanks."}""", IsReviewed: true, IsReplied: true),

        new("get /operations/jobs", TheOperator),
        new("post /operations/jobs/{name}/run", TheOperator),
        new("put /operations/jobs/{name}/pause", TheOperator, """{"paused":false}"""),
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
