using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Bookings;

namespace Travel.Api.Bookings;

internal static class BookingReadEndpoints
{
    private const string List = "bookings";
    private const string TimelineList = "timeline";

    /// <param name="seenAs"><c>guest</c> (the default) or <c>host</c>.</param>
    /// <param name="status">One or more of the booking statuses, separated by commas; all without.</param>
    public static async Task<Results<Ok<Page<BookingSummary>>, ValidationProblem>> FindAsync(
        [FromQuery(Name = "as")] string? seenAs,
        string? status,
        int? limit,
        string? cursor,
        ClaimsPrincipal caller,
        TravelDbContext db,
        Cursors cursors,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var party = PartyOf(seenAs, errors);
        var statuses = StatusesOf(status, errors);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var rows = await BookingReads.FindAsync(db, caller.UserId(), party, statuses, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, booking => booking.Id));
    }

    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal caller, TravelDbContext db, CancellationToken cancellationToken) =>
        await BookingReads.GetAsync(db, id, caller.Caller(), cancellationToken) is { } seen ? TypedResults.Ok(seen.ToResponse()) : NoSuchBooking();

    public static async Task<Results<Ok<Page<BookingEvent>>, ValidationProblem, ProblemHttpResult>> TimelineAsync(
        Guid id, int? limit, string? cursor, ClaimsPrincipal caller, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(TimelineList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        if (await BookingReads.GetAsync(db, id, caller.Caller(), cancellationToken) is not { } seen)
        {
            return NoSuchBooking();
        }

        var rows = await BookingReads.TimelineAsync(db, id, seen.Party, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(
            TimelineList, rows, size, entry => entry.Id, entry => new BookingEvent(entry.At, entry.Event, seen.PartyOf(entry.ActorId), entry.Reason)));
    }

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CalendarAsync(
        Guid id, ClaimsPrincipal caller, TravelDbContext db, IOptions<BookingOptions> options, CancellationToken cancellationToken)
    {
        if (await BookingReads.GetAsync(db, id, caller.Caller(), cancellationToken) is not { Booking: var booking })
        {
            return NoSuchBooking();
        }

        var stay = BookedStay.Of(booking, booking.Listing!, booking.Guest!, webAddress: null);
        var calendar = StayCalendar.Of(stay, options.Value.CalendarOrganizer);
        return TypedResults.File(
            System.Text.Encoding.UTF8.GetBytes(calendar.Text), $"text/calendar; charset=utf-8; method={calendar.Method}", $"stay-{booking.Reference}.ics");
    }

    private static BookingParty PartyOf(string? seenAs, Dictionary<string, string[]> errors)
    {
        switch (seenAs)
        {
            case null or "guest": return BookingParty.Guest;
            case "host": return BookingParty.Host;
            default:
                errors["as"] = ["Is guest or host."];
                return BookingParty.Guest;
        }
    }

    private static List<BookingStatus> StatusesOf(string? status, Dictionary<string, string[]> errors)
    {
        var named = Enum.GetValues<BookingStatus>().ToDictionary(known => known.ToString().ToLowerInvariant(), StringComparer.Ordinal);
        var wanted = status?.Split(',') ?? [];
        if (!wanted.All(named.ContainsKey))
        {
            errors["status"] = [$"Of {string.Join(", ", named.Keys)}, separated by commas."];
            return [];
        }

        return [.. wanted.Select(name => named[name]).Distinct()];
    }

    private static ProblemHttpResult NoSuchBooking() => Problems.NotFound("There is no such booking.");
}
