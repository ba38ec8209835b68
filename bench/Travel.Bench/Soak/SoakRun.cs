using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Travel.Bench.Bookings;
using Travel.Bench.Servers;
using Travel.Bench.Smtp;
using Travel.Contracts;
using Travel.Domain;

namespace Travel.Bench.Soak;

/// <summary>
/// Guests book at a constant rate in a graph whose Worker, RabbitMQ and PostgreSQL are killed meanwhile; when it is quiet again, everything
/// that should have come of it is laid beside what has.
/// </summary>
/// <param name="app">The whole graph, started.</param>
/// <param name="arrivalsAsync">What has come to its mail server for people of the bench.</param>
/// <param name="clock">The one that arrivals are told by.</param>
/// <param name="isAlone">Nobody else has put anything into the graph's database, so that every rule must hold of all that is there.</param>
internal sealed class SoakRun(
    DistributedApplication app, string accessTokenKey, Func<CancellationToken, Task<IReadOnlyList<Arrival>>> arrivalsAsync, TimeProvider clock, bool isAlone)
{
    // Longer than any outage: who gives up before has found something.
    private static readonly TimeSpan GuestsPatience = TimeSpan.FromMinutes(3);

    // A mail whose sender died waits for the end of the lease, a minute; one that found no database perhaps for a minute's retry. Nothing
    // that goes on by itself stands still for longer.
    private static readonly TimeSpan StandsStillFor = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromMinutes(20);

    private readonly GraphProcesses processes = new(app);
    private readonly ConcurrentBag<Guid> answered = [];
    private readonly ConcurrentBag<string> refused = [];
    private readonly ConcurrentBag<Death> deaths = [];

    public async Task<SoakVerdict> GoAsync(SoakSize size, int seed, CancellationToken cancellationToken)
    {
        var ground = await LayGroundAsync(size, cancellationToken);
        var traces = new SoakTraces(DatabaseAsync, BrokerAddressAsync, ground.ListingIds);
        var deadBefore = await traces.DeadLettersAsync(cancellationToken);

        await Task.WhenAll(BookAsync(ground, size, cancellationToken), KillAsync(KillPlan.Of(seed, size.Duration), cancellationToken));
        await ComeToRestAsync(traces, cancellationToken);

        return SoakVerdict.Of(await traces.GatherAsync(cancellationToken) with
        {
            Answered = [.. answered],
            Refused = [.. refused],
            Deaths = [.. deaths],
            Arrivals = await arrivalsAsync(cancellationToken),
            Breaches = isAlone ? await traces.BreachesAsync(cancellationToken) : [],
            DeadLetters = await traces.DeadLettersAsync(cancellationToken) - deadBefore,
        });
    }

    private async Task<BookingGround> LayGroundAsync(SoakSize size, CancellationToken cancellationToken)
    {
        await using var db = await DatabaseAsync();
        return await BookingGround.LayAsync(db, accessTokenKey, size.Width, cancellationToken);
    }

    private async Task BookAsync(BookingGround ground, SoakSize size, CancellationToken cancellationToken)
    {
        using var desk = new BookingDesk(app.GetEndpoint(ResourceNames.Api, "http"), clock);
        await Pace.ConstantAsync(size.Bookings, size.Rate, clock, token => BookAsync(desk, ground.Next(), token), cancellationToken);
    }

    private async Task BookAsync(BookingDesk desk, WantedStay stay, CancellationToken cancellationToken)
    {
        try
        {
            if (await desk.BookAsync(stay, GuestsPatience, cancellationToken) is { } booking)
            {
                answered.Add(booking);
            }
            else
            {
                refused.Add($"no answer within {GuestsPatience}.");
            }
        }
        catch (RefusedException refusal)
        {
            refused.Add(refusal.Message);
        }
    }

    private async Task KillAsync(IReadOnlyList<PlannedKill> plan, CancellationToken cancellationToken)
    {
        var begun = clock.GetUtcNow();
        await Task.WhenAll(plan.GroupBy(kill => kill.Resource, StringComparer.Ordinal).Select(async kills =>
        {
            foreach (var kill in kills)
            {
                await Task.Delay(TimeSpan.FromTicks(Math.Max(0, (begun + kill.At - clock.GetUtcNow()).Ticks)), clock, cancellationToken);
                await KillAsync(kill, cancellationToken);
            }
        }));
    }

    private async Task KillAsync(PlannedKill kill, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        await processes.KillAsync(kill.Resource);
        var goneAt = clock.GetUtcNow();
        try
        {
            await Task.Delay(kill.DownFor, clock, cancellationToken);
        }
        finally
        {
            // Whatever happens: others may use the graph after this.
            await processes.StartAsync(kill.Resource);
        }

        deaths.Add(new Death(kill.Resource, at, goneAt, clock.GetUtcNow()));
    }

    /// <summary>Until nothing is left to do, or nothing is done any more: what is left then is found when it is looked at.</summary>
    private async Task ComeToRestAsync(SoakTraces traces, CancellationToken cancellationToken)
    {
        var (before, since) = (-1, clock.GetUtcNow());
        await Waiting.ForAsync(
            async () =>
            {
                var left = await traces.LeftAsync(cancellationToken);
                (before, since) = left == before ? (before, since) : (left, clock.GetUtcNow());
                return left == 0 || clock.GetUtcNow() - since > StandsStillFor;
            },
            QuietWithin,
            cancellationToken);
    }

    /// <summary>Not pooled: a connection from before PostgreSQL was killed would fail.</summary>
    private async Task<TravelDbContext> DatabaseAsync() => new(
        new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql($"{await app.GetConnectionStringAsync(ResourceNames.Database)};Pooling=false").Options);

    private async Task<Uri> BrokerAddressAsync() => new((await app.GetConnectionStringAsync(ResourceNames.Messaging))!);
}
