using Microsoft.EntityFrameworkCore;
using Travel.Api.Bookings;
using Travel.Api.Payments;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;
using Travel.Tests.Payments.Orders;

namespace Travel.Tests.Payments;

/// <summary>Who is told what of a stay's money, and who is asked for it.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class StayMoneyTests(DatabaseServer server) : IAsyncLifetime
{
    private const int All = 50;
    private PaymentHouse house = null!;
    private Place place = null!;
    private Guid booking;

    public async Task InitializeAsync() => (house, place, booking) = await PaymentHouse.WithHeldStayAsync(server);

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task Beside_money_that_nobody_can_place_nobody_is_shown_a_way_to_pay_or_given_another_page()
    {
        (await PaymentAsync()).Due.ShouldNotBeNull().MinorUnits.ShouldBe(LegalEnd.Price);
        await PayAnotherPriceAsync();

        (await house.TryPayAsync(place, booking)).ShouldBeOfType<PayBookingOutcome.Unknown>();

        (await house.Bookings.AskAsync(db => db.Payments.CountAsync(payment => payment.BookingId == booking))).ShouldBe(1);
        var shown = await PaymentAsync();
        (shown.Due, shown.DueUntil, shown.Status).ShouldBe((null, null, PaymentStatus.Unknown));
        shown.Receipts.ShouldHaveSingleItem().Amount.MinorUnits.ShouldBe(LegalEnd.OtherPrice);
    }

    [Fact]
    public async Task When_what_nobody_could_place_has_gone_back_the_stay_can_be_paid()
    {
        var payment = await AttemptAsync(await PayAnotherPriceAsync());

        (await house.Bookings.DoAsync((RefundPayment refund) => refund.ExecuteAsync(
            place.Guest.Id, payment.Id, payment.Received!.Value, "It was too little.", Guid.NewGuid().ToString(), CancellationToken.None)))
            .ShouldBeOfType<RefundPaymentOutcome.Decided>();
        (await house.TryPayAsync(place, booking)).ShouldBeOfType<PayBookingOutcome.Unknown>();
        await house.SendRefundsAsync();

        var right = await house.OpenPageAsync(place, booking);
        house.PayOnPage(right);
        (await house.LookAsync(right)).ShouldBe(PaymentState.Paid);
        (await house.Bookings.StatusOfAsync(booking)).ShouldBe(BookingStatus.Confirmed);
    }

    [Fact]
    public async Task What_is_paid_late_for_an_account_that_is_no_more_goes_back()
    {
        var txRef = await house.OpenPageAsync(place, booking);
        await house.GoOnUntilAllIsDoneAsync(booking);
        (await house.Bookings.DoAsync((EraseAccount erase) => erase.ExecuteAsync(place.Guest.Id, CancellationToken.None))).ShouldBe(EraseAccountOutcome.Erased);
        house.PayOnPage(txRef);

        (await house.HearAsync(txRef, saysPaid: true)).ShouldBeTrue();

        (await house.Bookings.StatusOfAsync(booking)).ShouldBe(BookingStatus.Expired);
        (await house.Bookings.AskAsync(db => db.Refunds.SingleAsync(refund => refund.BookingId == booking))).Cause.ShouldBe(RefundCause.Late);
    }

    [Fact]
    public async Task What_a_webhook_claimed_and_never_came_ends_when_an_operator_asks_after_its_time()
    {
        var txRef = await house.OpenPageAsync(place, booking);
        (await house.HearAsync(txRef, saysPaid: true)).ShouldBeTrue();
        var payment = await AttemptAsync(txRef);
        payment.State.ShouldBe(PaymentState.Unknown);

        (await AskAsync()).ShouldBe(PaymentState.Unknown);
        await house.GoOnUntilAllIsDoneAsync(booking);
        (await StateAsync()).ShouldBe(PaymentState.Unknown);
        (await AskAsync()).ShouldBe(PaymentState.Abandoned);

        async Task<PaymentState> AskAsync()
        {
            (await house.Bookings.DoAsync((ReconcilePayment reconcile) => reconcile.ExecuteAsync(place.Guest.Id, payment.Id, CancellationToken.None))).ShouldBeTrue();
            return await StateAsync();
        }

        async Task<PaymentState> StateAsync() => (await AttemptAsync(txRef)).State;
    }

    [Fact]
    public async Task A_guest_who_comes_back_from_a_page_that_was_closed_has_that_one_asked_about()
    {
        var closed = await house.OpenPageAsync(place, booking);
        house.Clock.Pass(TimeSpan.FromSeconds(1));
        var open = await house.OpenPageAsync(place, booking);
        var guest = new Caller(place.Guest.Id);

        (await WatchedAsync(closed)).ShouldBe(closed);
        (await WatchedAsync(txRef: null)).ShouldBe(open);
        (await WatchedAsync("TRV-ANOTHERS-1")).ShouldBeNull();
        guest = new Caller(place.Host.Id);
        (await WatchedAsync(closed)).ShouldBeNull();

        Task<string?> WatchedAsync(string? txRef) => house.Bookings.AskAsync(db => PaymentReads.WatchedAttemptAsync(db, booking, guest, txRef, CancellationToken.None));
    }

    [Fact]
    public async Task A_hosts_history_of_a_stay_says_nothing_of_money_and_the_guests_and_an_operators_say_all_of_it()
    {
        await PayWithAllThatCanHappenAsync();

        string[] whole = ["held", "confirmed", .. MoneyEvents.All];
        (await HistoryAsync(new Caller(place.Guest.Id))).ShouldBe(whole, ignoreOrder: true);
        (await HistoryAsync(new Caller(Guid.NewGuid(), IsOperator: true))).ShouldBe(whole, ignoreOrder: true);
        var host = new Caller(place.Host.Id);
        (await HistoryAsync(host)).ShouldBe(["held", "confirmed"], ignoreOrder: true);
        // What is left out takes no room on a page either.
        (await HistoryAsync(host, atMost: 2)).ShouldBe(["held", "confirmed"], ignoreOrder: true);
    }

    [Fact]
    public async Task How_a_stay_was_paid_its_guest_and_operators_see_and_its_host_does_not()
    {
        await PayWithAllThatCanHappenAsync();

        (await PaymentAsync()).Receipts.Count.ShouldBe(2);
        (await TryReadAsync(new Caller(Guid.NewGuid(), IsOperator: true))).ShouldNotBeNull().Receipts.Count.ShouldBe(2);
        (await TryReadAsync(new Caller(place.Host.Id))).ShouldBeNull();
    }

    /// <returns>The attempt's tx_ref.</returns>
    private async Task<string> PayAnotherPriceAsync()
    {
        var txRef = await house.OpenPageAsync(place, booking);
        house.Play(txRef, PaymentHouse.Silent with { VerifyAmount = LegalEnd.OtherPrice / 100m });
        house.PayOnPage(txRef);
        (await house.LookAsync(txRef)).ShouldBe(PaymentState.Mismatched);
        return txRef;
    }

    private Task<Payment> AttemptAsync(string txRef) => house.Bookings.AskAsync(db => db.Payments.AsNoTracking().SingleAsync(found => found.TxRef == txRef));

    /// <summary>An attempt fails, two more are paid, the gateway tells of one of them, and the other goes back.</summary>
    private async Task PayWithAllThatCanHappenAsync()
    {
        var failed = await house.OpenPageAsync(place, booking);
        house.PayOnPage(failed, succeeds: false);
        (await house.LookAsync(failed)).ShouldBe(PaymentState.Failed);

        var closed = await house.OpenPageAsync(place, booking);
        var paid = await house.OpenPageAsync(place, booking);
        house.PayOnPage(closed);
        house.PayOnPage(paid);
        (await house.HearAsync(paid, saysPaid: true)).ShouldBeTrue();
        (await house.LookAsync(closed)).ShouldBe(PaymentState.Paid);
        await house.GoOnUntilAllIsDoneAsync(booking);
    }

    private Task<List<string>> HistoryAsync(Caller caller, int atMost = All) => house.Bookings.AskAsync(async db =>
    {
        var seen = (await BookingReads.GetAsync(db, booking, caller, CancellationToken.None)).ShouldNotBeNull();
        var entries = await BookingReads.TimelineAsync(db, booking, seen.Party, Guid.Empty, atMost, CancellationToken.None);
        return entries.ConvertAll(entry => entry.Event);
    });

    private async Task<BookingPayment> PaymentAsync() => (await TryReadAsync(new Caller(place.Guest.Id))).ShouldNotBeNull();

    private Task<BookingPayment?> TryReadAsync(Caller caller) =>
        house.Bookings.AskAsync(db => PaymentReads.GetAsync(db, booking, caller, house.Clock.Now, CancellationToken.None));
}
