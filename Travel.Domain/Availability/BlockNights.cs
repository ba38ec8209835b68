using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Idempotency;

namespace Travel.Domain.Availability;

/// <summary>A host closes nights of a listing. What is booked stays booked; what another site's calendar had taken passes to the block.</summary>
public sealed class BlockNights(TravelDbContext db, ListingTurn turn, TimeProvider clock)
{
    /// <summary>How far ahead a block may end, like a stay.</summary>
    public const int YearsAhead = StayRequest.YearsAhead;

    public Task<BlockNightsOutcome> ExecuteAsync(
        Guid hostId, Guid listingId, NightRange nights, string? note, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = IdempotentRequest.Of(hostId, idempotencyKey, nameof(BlockNights), new { listingId, nights, note });
        return turn.TakeAsync(token => BlockAsync(request, listingId, nights, note, token), cancellationToken);
    }

    private async Task<BlockNightsOutcome> BlockAsync(
        IdempotentRequest request, Guid listingId, NightRange nights, string? note, CancellationToken cancellationToken)
    {
        switch (await request.TakeAsync(db, clock.GetUtcNow(), cancellationToken))
        {
            case KeyState.InFlight: return new BlockNightsOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new BlockNightsOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new BlockNightsOutcome.Blocked(answered.As<BlockResponse>());
        }

        var now = await db.LockListingAsync(listingId, clock, cancellationToken);
        var listing = await db.Listings.AsNoTracking().SingleAsync(found => found.Id == listingId, cancellationToken);
        if (Errors(nights, note, listing.TodayAt(now)) is { Count: > 0 } errors)
        {
            return new BlockNightsOutcome.Invalid(errors);
        }

        if (await TakenAsync(listingId, nights, cancellationToken) is { Count: > 0 } taken)
        {
            return new BlockNightsOutcome.NightsTaken(taken);
        }

        await db.MakeImportsGiveWayAsync(listingId, nights, cancellationToken);
        var block = new HostBlock
        {
            Id = Guid.CreateVersion7(now),
            ListingId = listingId,
            FromOn = nights.From,
            ToOn = nights.To,
            Note = note,
            CreatedAt = now,
        };
        db.HostBlocks.Add(block);
        db.Occupancies.Add(Occupancy.For(block.Id, listingId, nights.From, nights.To, now));
        db.TouchesNights(listingId, now);
        db.IdempotencyKeys.Add(request.Answer(block.ToResponse(), now));
        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(listingId, now, cancellationToken);
        return new BlockNightsOutcome.Blocked(block.ToResponse());
    }

    private static Dictionary<string, string[]> Errors(NightRange nights, string? note, DateOnly today)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (nights.From < today)
        {
            errors["from"] = ["The first night is in the past."];
        }

        if (nights.To <= nights.From)
        {
            errors["to"] = ["Must be after the first night."];
        }
        else if (nights.To > today.AddYears(YearsAhead))
        {
            errors["to"] = [$"Nights can be closed at most {YearsAhead} years ahead."];
        }

        if (note?.Length > HostBlock.LongestNote)
        {
            errors["note"] = [$"At most {HostBlock.LongestNote} characters."];
        }

        return errors;
    }

    /// <summary>Who else has some of the nights, apart from imported calendars, which give way.</summary>
    private Task<List<TakenNights>> TakenAsync(Guid listingId, NightRange nights, CancellationToken cancellationToken)
    {
        var range = Occupancy.Nights(nights.From, nights.To);
        return (
            from occupancy in db.Occupancies
            where occupancy.ListingId == listingId && occupancy.Active && occupancy.Stay.Overlaps(range)
                && !db.CalendarImports.Any(import => import.Id == occupancy.OwnerId)
            join found in db.Bookings on occupancy.OwnerId equals found.Id into bookings
            from booking in bookings.DefaultIfEmpty()
            orderby occupancy.Stay.LowerBound
            select new TakenNights(new NightRange(occupancy.Stay.LowerBound, occupancy.Stay.UpperBound), booking!.Reference)).ToListAsync(cancellationToken);
    }
}

/// <param name="BookingReference">Null when it is another block that has them.</param>
public sealed record TakenNights(NightRange Nights, string? BookingReference);

public abstract record BlockNightsOutcome
{
    private BlockNightsOutcome()
    {
    }

    public sealed record Blocked(BlockResponse Block) : BlockNightsOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : BlockNightsOutcome;

    public sealed record NightsTaken(IReadOnlyList<TakenNights> Taken) : BlockNightsOutcome;

    public sealed record InFlight : BlockNightsOutcome;

    public sealed record KeyUsedForAnotherRequest : BlockNightsOutcome;
}
