using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Operations;

[Collection(TravelGraph.Outages)]
public sealed class ReconcilePaymentTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);

    [Fact]
    public async Task What_the_gateway_says_when_an_operator_has_it_asked_counts_at_once()
    {
        var (stay, payment) = await PendingAsync();
        await house.Gateway.PaidAsync(payment.TxRef, payment.Amount.ToDecimalString());

        var attempt = await ReconcileAsync(payment.Id);

        (attempt.Id, attempt.State, attempt.Received, attempt.NextCheckAt, attempt.SettledAt is not null).ShouldBe((payment.Id, "paid", null, null, true));
        var ledger = await house.LedgerAsync(stay.Booking.Id);
        ledger.Status.ShouldBe(BookingStatus.Confirmed);
        ledger.Balances.ShouldBe([new("gateway", stay.Total), new("stay", stay.Total)]);
        (await AuditOfAsync(payment.TxRef)).ShouldBe([("payment-reconciled", house.Person.Id)]);
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task While_the_gateway_does_not_answer_it_stays_as_it_is()
    {
        var (_, payment) = await PendingAsync();
        await house.Gateway.PlayAsync(new FaultSet { VerifyStatus = 503 }, payment.TxRef);

        var attempt = await ReconcileAsync(payment.Id);

        (attempt.State, attempt.Checks, attempt.NextCheckAt is not null).ShouldBe(("pending", 1, true));
        (await AuditOfAsync(payment.TxRef)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_settled_stays_settled()
    {
        var (stay, payment) = await house.AskAsync(db => OnlineStay.PaidAsync(db, Yesterday));
        await house.Gateway.PaidAsync(payment.TxRef, "1.00");

        (await ReconcileAsync(payment.Id)).State.ShouldBe("paid");

        (await house.LedgerAsync(stay.Booking.Id)).Balances.ShouldBe([new("gateway", stay.Total), new("stay", stay.Total)]);
    }

    [Fact]
    public async Task There_is_nothing_to_ask_about_a_payment_that_is_not_there()
    {
        using var answer = await house.Operator.PostAsync($"{OperatorHouse.Payments}/{Guid.NewGuid()}/reconcile", content: null);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private Task<(OnlineStay Stay, Domain.Payments.Payment Payment)> PendingAsync() => house.AskAsync(async db =>
    {
        var stay = await OnlineStay.HeldAsync(db, Yesterday);
        return (stay, await stay.AttemptAsync(opened: true));
    });

    private async Task<PaymentAttempt> ReconcileAsync(Guid payment)
    {
        using var answer = await house.Operator.PostAsync($"{OperatorHouse.Payments}/{payment}/reconcile", content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<PaymentAttempt>(TravelJson.Options))!;
    }

    private Task<List<(string, Guid?)>> AuditOfAsync(string txRef) => house.AskAsync(async db =>
        (await db.Audit.Where(entry => entry.Subject == txRef).ToListAsync()).ConvertAll(entry => (entry.Action, entry.ActorId)));
}
