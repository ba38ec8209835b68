using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Domain.Operations;
using Travel.Tests.Fixtures;
using Xunit.Abstractions;

namespace Travel.Tests.Payments.Orders;

/// <summary>
/// Webhook, return page, callback and reconciler in every order, on real PostgreSQL and with a gateway that takes real requests. A covering
/// part with every run of the tests; <c>PAYMENT_ORDERS=all</c> for all of them.
/// </summary>
[Collection(DatabaseServer.Collection)]
public sealed class PaymentOrderTests(DatabaseServer server, ITestOutputHelper output)
{
    private const int MostTold = 20;

    /// <summary>A gateway with more payments than that takes longer for each.</summary>
    private const int LivesOfAHouse = 250;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("PAYMENT_ORDERS") == "all";
    private static readonly bool[] Things = [false, true];
    private static readonly int Lanes = IsLong ? 8 : 4;

    [Fact]
    public Task In_whatever_order_it_is_heard_of_money_ends_where_it_belongs_and_everybody_is_told_once() =>
        ProveAsync(
            IsLong ? PaymentOrders.All : PaymentOrders.Covering(),
            order => LegalEnd.Of(order),
            PaymentLife.LiveAsync,
            $"of {PaymentOrders.All.Count} orders");

    [Fact]
    public Task Whoever_comes_at_once_money_ends_where_it_belongs_and_everybody_is_told_once()
    {
        Step[] each = [new(StepKind.Webhook), new(StepKind.Look), new(StepKind.Look), new(StepKind.Reconcile)];
        Step[] crowd = [.. each, .. each];
        var rounds =
            from round in Enumerable.Range(0, IsLong ? 40 : 2)
            from ofChange in Things
            from paying in Enum.GetValues<Paying>()
            from world in new (Step[] Before, Step[] AtOnce, Ending Ending)[]
            {
                ([new(StepKind.Pay)], [], Ending.TimeOver),
                ([], [new(StepKind.Pay)], Ending.TimeOver),
                ([new(StepKind.Pay), new(StepKind.End)], [], Ending.TimeOver),
                ([new(StepKind.Pay), new(StepKind.End)], [], Ending.NightsTaken),
                ([new(StepKind.Pay), new(StepKind.End)], [], Ending.Cancelled),
                ([new(StepKind.End)], [new(StepKind.Pay)], Ending.Archived),
            }
            select (Order: new PaymentOrder(ofChange, paying, world.Ending, world.Before), Crowd: (IReadOnlyList<Step>)[.. world.AtOnce, .. crowd]);
        return ProveAsync(
            [.. rounds],
            // However they come, all of them come after it was paid, or the reconciler does in the end.
            round => LegalEnd.Of(round.Order with { Steps = [.. round.Order.Steps, .. round.Crowd] }),
            (house, round) => PaymentLife.LiveAtOnceAsync(house, round.Order, round.Crowd),
            "times everybody at once");
    }

    private async Task ProveAsync<T>(IReadOnlyList<T> cases, Func<T, PaymentEnd> legal, Func<PaymentHouse, T, Task<PaymentEnd>> liveAsync, string what)
    {
        var watch = Stopwatch.StartNew();
        var left = new ConcurrentQueue<T[]>(cases.Chunk(Math.Min(LivesOfAHouse, (cases.Count / Lanes) + 1)));
        var wrong = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(async () =>
        {
            while (left.TryDequeue(out var lives))
            {
                await using var house = await PaymentHouse.OpenAsync(server);
                // One at a time in each house, for its clock and its reconciler are everybody's.
                foreach (var life in lives)
                {
                    try
                    {
                        (await liveAsync(house, life)).ShouldBe(legal(life));
                    }
                    catch (Exception exception)
                    {
                        wrong.Enqueue($"{life}\n{exception.GetType().Name} {exception.Message}");
                    }
                }

                (await house.Bookings.AskAsync(db => new CheckInvariants(db, NullLogger<CheckInvariants>.Instance).ExecuteAsync(CancellationToken.None)))
                    .Select(breach => $"{breach.Invariant.Rule} {string.Join("; ", breach.Rows)}").ShouldBeEmpty();
            }
        })));

        output.WriteLine($"{cases.Count} {what}, {Lanes} at a time, {watch.Elapsed.TotalSeconds:0} s");
        wrong.ShouldBeEmpty($"{wrong.Count} of {cases.Count} ended otherwise, among them\n{string.Join("\n\n", wrong.Take(MostTold))}");
    }
}
