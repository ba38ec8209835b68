using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Domain.Operations;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;
using Xunit.Abstractions;

namespace Travel.Tests.Payments;

/// <summary>
/// A guest books, pays, and from some step on cancels, while the Api, the Worker or PostgreSQL dies between two steps. A few of these with every
/// run of the tests; <c>PAYMENT_KILLS=all ./test --filter PaymentKillTests</c> for each step with each victim.
/// </summary>
[Collection(TravelGraph.Outages)]
public sealed class PaymentKillTests(TravelGraph graph, ITestOutputHelper output)
{
    private static readonly string[] Victims = [ResourceNames.Api, ResourceNames.Worker, ResourceNames.Postgres];

    private static readonly (PaymentStep Step, string Victim)[] Few =
        [(PaymentStep.Opening, ResourceNames.Api), (PaymentStep.Settling, ResourceNames.Worker), (PaymentStep.NotingRefund, ResourceNames.Postgres)];

    private static bool IsLong => Environment.GetEnvironmentVariable("PAYMENT_KILLS") == "all";

    [Fact]
    public async Task Whoever_dies_between_two_steps_no_payment_and_no_refund_is_lost_or_made_twice()
    {
        var runs = IsLong ? [.. from victim in Victims from step in Enum.GetValues<PaymentStep>() select (step, victim)] : Few;
        List<PaymentRun> done = [];
        foreach (var (step, victim) in runs)
        {
            var run = await PaymentRun.BeginAsync(graph, step, victim);
            await run.GoAsync();
            output.WriteLine($"{victim} killed at {step}: {run.Took.TotalSeconds:F0} s");
            done.Add(run);
        }

        foreach (var run in done)
        {
            await run.EndAsync();
        }

        output.WriteLine($"{done.Count} runs");
        await ShouldBeSoundAsync(done);
    }

    private async Task ShouldBeSoundAsync(List<PaymentRun> runs)
    {
        await using var db = await graph.DatabaseAsync();
        foreach (var run in runs)
        {
            var what = $"{run.Victim} killed at {run.Step}";
            var booking = await db.Bookings.AsNoTracking().SingleAsync(found => found.Id == run.BookingId);
            booking.Status.ShouldBe(run.IsCancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed, what);
            var payments = await db.Payments.AsNoTracking().Where(payment => payment.BookingId == booking.Id).ToListAsync();
            payments.Count(payment => payment.State == PaymentState.Paid).ShouldBe(1, what);
            var refunds = await db.Refunds.AsNoTracking().Where(refund => refund.BookingId == booking.Id).ToListAsync();
            refunds.Select(refund => refund.State).ShouldBe(run.IsCancelled ? [RefundState.Refunded] : [], what);
            (await run.RefundedAtGatewayAsync(payments)).ShouldBe(refunds.Sum(refund => refund.AmountMinorUnits), what);
            (await db.Timeline.CountAsync(entry => entry.BookingId == booking.Id && entry.Event == "confirmed")).ShouldBe(1, what);
            (await db.Mails.CountAsync(mail => mail.BookingId == booking.Id && mail.Kind == run.LastMail)).ShouldBe(1, what);
        }

        var ids = runs.Select(run => run.BookingId.ToString()).ToList();
        ids.AddRange(await db.Payments.Where(payment => runs.Select(run => run.BookingId).Contains(payment.BookingId)).Select(payment => payment.Id.ToString()).ToListAsync());
        ids.AddRange(await db.Refunds.Where(refund => runs.Select(run => run.BookingId).Contains(refund.BookingId)).Select(refund => refund.Id.ToString()).ToListAsync());
        // Other tests write what suits them into this database.
        var breaches = await new CheckInvariants(db, NullLogger<CheckInvariants>.Instance).ExecuteAsync(CancellationToken.None);
        breaches.SelectMany(breach => breach.Rows).Where(row => ids.Exists(id => row.Contains(id, StringComparison.Ordinal))).ShouldBeEmpty();
    }
}
