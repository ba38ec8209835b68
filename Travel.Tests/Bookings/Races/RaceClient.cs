using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Bookings;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings.Races;

/// <summary>Does one thing after the other to places that everybody else does things to at the same time.</summary>
/// <param name="imports">Two of each place.</param>
internal sealed class RaceClient(BookingHouse house, IReadOnlyList<Place> places, ILookup<Place, Guid> imports, RaceRecord record, int number)
{
    /// <summary>Few nights for many clients.</summary>
    private const int Season = 40;

    private readonly Random dice = new(number);

    public async Task RunAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await DoAsync(dice.Next(100));
        }
    }

    private Task DoAsync(int roll) => roll switch
    {
        < 42 => BookAsync(),
        < 54 => MoveAsync((place, id) => house.AcceptAsync(place, id)),
        < 64 => MoveAsync((place, id) => house.ChangeAsync(place, id, Night(), Nights())),
        < 72 => MoveAsync((place, id) => house.CancelAsync(new Caller(place.Guest.Id), id)),
        < 76 => MoveAsync(LeaveEarlyAsync),
        < 80 => MoveAsync(PayAsync),
        < 83 => BlockAsync(),
        < 85 => record.AnswerAsync(OpenAsync),
        < 90 => record.AnswerAsync(ImportAsync),
        < 92 => record.AnswerAsync(WriteWithoutTheLockAsync),
        < 94 => record.AnswerAsync(() => house.DoAsync(async (ExpireHolds expire) => (object)await expire.ExecuteAsync(CancellationToken.None))),
        < 95 => record.AnswerAsync(() => house.DoAsync(async (ExpireChanges expire) => (object)await expire.ExecuteAsync(CancellationToken.None))),
        < 96 => record.AnswerAsync(() => house.DoAsync(async (ExpireRequests expire) => (object)await expire.ExecuteAsync(CancellationToken.None))),
        < 97 => record.AnswerAsync(() => house.DoAsync(async (CompleteStays complete) => (object)await complete.ExecuteAsync(CancellationToken.None))),
        _ => PassTimeAsync(),
    };

    private async Task BookAsync()
    {
        var place = Any(places);
        if (await record.AnswerAsync(() => house.TryBookAsync(place, Night(), Nights())) is BookStayOutcome.Booked(var booking))
        {
            record.Note(new MadeBooking(booking.Id, place.Id));
        }
    }

    private async Task MoveAsync(Func<Place, Guid, Task<BookingOutcome>> move)
    {
        if (record.AnyRecent(dice) is { } booking)
        {
            await record.AnswerAsync(() => move(places.Single(place => place.Id == booking.ListingId), booking.Id));
        }
    }

    private Task<BookingOutcome> LeaveEarlyAsync(Place place, Guid booking) => house.DoAsync((LeaveEarly leave) =>
        leave.ExecuteAsync(new Caller(place.Host.Id), booking, BookingHouse.Today.AddDays(Night()), CancellationToken.None));

    /// <summary>What the payment will do to a hold: the same lock, the same method.</summary>
    private Task<BookingOutcome> PayAsync(Place place, Guid id) => house.AskAsync(db =>
        new ListingTurn(db, new(), house.Clock).TakeAsync<BookingOutcome>(
            async token =>
            {
                var locked = (await db.LockBookingAsync(id, new Caller(place.Guest.Id), house.Clock, token))!;
                if (locked.Booking.Status == BookingStatus.Held)
                {
                    locked.Booking.Pay(locked.Now);
                    await db.SaveChangesAsync(token);
                }

                return locked.Done();
            },
            CancellationToken.None));

    private async Task BlockAsync()
    {
        var place = Any(places);
        var answer = await record.AnswerAsync(() => house.DoAsync((BlockNights block) =>
            block.ExecuteAsync(place.Host.Id, place.Id, BookingHouse.NightsFrom(Night(), Nights()), note: null, Guid.NewGuid().ToString(), CancellationToken.None)));
        if (answer is BlockNightsOutcome.Blocked(var made))
        {
            record.Blocks.TryAdd(made.Id, place.Id);
        }
    }

    private async Task<object> OpenAsync()
    {
        var (block, listing) = record.Blocks.FirstOrDefault();
        return record.Blocks.TryRemove(block, out _) && await house.DoAsync((OpenNights open) => open.ExecuteAsync(listing, block, CancellationToken.None));
    }

    /// <summary>Another site's calendar has changed: its nights are others now, some of them twice, and some of them booked here.</summary>
    private async Task<object> ImportAsync()
    {
        var place = Any(places);
        var says = Enumerable.Range(0, dice.Next(4)).Select(_ => BookingHouse.NightsFrom(Night(), Nights())).ToArray();
        return await house.TryImportedAsync(place, Any([.. imports[place]]), says) ? nameof(ImportAsync) : false;
    }

    /// <summary>Somebody's mistake: nights written without asking. The constraint alone stands between them and a double booking.</summary>
    private async Task<object> WriteWithoutTheLockAsync()
    {
        var (place, from, owner) = (Any(places), BookingHouse.Today.AddDays(Night()), Guid.NewGuid());
        await using var command = house.Database.CreateCommand(
            "INSERT INTO occupancies (id, listing_id, owner_id, stay, active) VALUES ($1, $2, $3, daterange($4, $5), true)");
        foreach (var value in new object[] { Guid.NewGuid(), place.Id, owner, from, from.AddDays(Nights()) })
        {
            command.Parameters.AddWithValue(value);
        }

        try
        {
            await command.ExecuteNonQueryAsync();
            record.Strays.TryAdd(owner, place.Id);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.DeadlockDetected)
        {
            // Refused, and rightly so: who writes without the lock may also meet a deadlock.
            return false;
        }
    }

    private Task PassTimeAsync()
    {
        house.Clock.Pass(TimeSpan.FromMinutes(dice.Next(10) == 0 ? dice.Next(60, 12 * 60) : dice.Next(1, 40)));
        return Task.CompletedTask;
    }

    /// <summary>A night of the season that is before us, counted from the day the race began.</summary>
    private int Night() => (house.Clock.Now - BookingHouse.Now).Days + dice.Next(Season);

    private int Nights() => dice.Next(1, 5);

    private T Any<T>(IReadOnlyList<T> items) => items[dice.Next(items.Count)];
}
