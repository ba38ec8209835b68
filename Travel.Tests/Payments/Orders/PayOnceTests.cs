using Microsoft.EntityFrameworkCore;
using Travel.Domain.Payments;
using Travel.PaymentSandbox.Transactions;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Orders;

/// <summary>Many windows in which one guest pays one stay.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class PayOnceTests(DatabaseServer server) : IAsyncLifetime
{
    private const int Clients = 16;
    private PaymentHouse house = null!;
    private Place place = null!;
    private Guid booking;

    public async Task InitializeAsync() => (house, place, booking) = await PaymentHouse.WithHeldStayAsync(server);

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task One_key_is_one_page_however_many_ask_with_it_at_once()
    {
        var key = Guid.NewGuid().ToString();

        var pages = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => OpenedAsync(key))));

        pages.Distinct().ShouldHaveSingleItem();
        (await house.Bookings.AskAsync(db => db.Payments.CountAsync(payment => payment.BookingId == booking))).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_pages_for_one_stay_one_is_open_and_what_is_paid_on_others_goes_back(bool canClosedPagesBePaid)
    {
        house.Play(txRef: null, PaymentHouse.Silent with { CancelIgnored = canClosedPagesBePaid });

        var pages = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => OpenedAsync(Guid.NewGuid().ToString()))));

        var states = await house.Bookings.AskAsync(db => db.Payments.Where(payment => payment.BookingId == booking).Select(payment => payment.State).ToListAsync());
        states.Count(state => state is PaymentState.Started or PaymentState.Pending or PaymentState.Unknown).ShouldBe(1);
        states.Count(state => state == PaymentState.Abandoned).ShouldBe(states.Count - 1);

        foreach (var page in pages.Distinct())
        {
            house.PayOnPage(page.TxRef);
        }

        await house.GoOnUntilAllIsDoneAsync(booking);
        var paid = pages.Distinct().Select(page => house.AtGateway(page.TxRef)!).Where(page => page.Status == PaymentStatus.Success).ToList();
        paid.Count.ShouldBe(canClosedPagesBePaid ? Clients : 1);
        paid.Sum(page => page.Amount - page.Refunds.Sum(refund => refund.Amount)).ShouldBe(LegalEnd.Price / 100m);
        var kept = await house.Bookings.AskAsync(db => db.LedgerEntries.Where(entry => entry.BookingId == booking).GroupBy(entry => entry.Account)
            .Select(entries => new { Account = entries.Key, Sum = entries.Sum(entry => entry.MinorUnits) }).Where(account => account.Sum != 0)
            .ToDictionaryAsync(account => account.Account, account => account.Sum));
        kept.ShouldBe(new Dictionary<LedgerAccount, long> { [LedgerAccount.Gateway] = LegalEnd.Price, [LedgerAccount.Stay] = -LegalEnd.Price }, ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_nobody_vouches_for_has_the_gateway_asked_once_in_five_seconds()
    {
        var txRef = await house.OpenPageAsync(place, booking);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => house.LookAsync(txRef))));
        (await ChecksAsync(txRef)).ShouldBe(1);

        house.Clock.Pass(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        await house.LookAsync(txRef);
        (await ChecksAsync(txRef)).ShouldBe(1);

        house.Clock.Pass(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => house.LookAsync(txRef))));
        (await ChecksAsync(txRef)).ShouldBe(2);
    }

    /// <summary>Each question that settles nothing is counted.</summary>
    private Task<int> ChecksAsync(string txRef) =>
        house.Bookings.AskAsync(db => db.Payments.Where(payment => payment.TxRef == txRef).Select(payment => payment.Checks).SingleAsync());

    /// <summary>As a client that is told to come again, and does.</summary>
    private async Task<PayBookingOutcome.Opened> OpenedAsync(string key)
    {
        while (true)
        {
            switch (await house.TryPayAsync(place, booking, key))
            {
                case PayBookingOutcome.Opened opened: return opened;
                case PayBookingOutcome.InFlight: break;
                case var other: throw new InvalidOperationException($"{other} is no answer to somebody who only wants to pay.");
            }
        }
    }
}
