using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.PaymentSandbox.Refunds;
using Travel.PaymentSandbox.Transactions;
using Travel.Tests.Fixtures;
using Travel.Tests.Payments.Orders;
using Payment = Travel.Domain.Payments.Payment;

namespace Travel.Tests.Payments;

/// <summary>The gateway's books beside ours.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class CompareWithGatewayTests(DatabaseServer server) : IAsyncLifetime
{
    private PaymentHouse house = null!;

    public async Task InitializeAsync() => house = await PaymentHouse.OpenAsync(server);

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task Books_that_agree_make_a_report_of_how_much_was_compared_and_no_difference()
    {
        await PaidAsync();
        await RefundedAsync();

        var report = await ReportAsync();

        // Two payments, and a refund of one of them.
        report.Compared.ShouldBe(3);
        report.Since.ShouldBe(house.Clock.Now - Payment.Watch - TimeSpan.FromDays(1));
        report.Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_paid_and_nobody_has_told_of_is_settled_by_the_report_and_no_difference()
    {
        var stay = await PageAsync();
        house.PayOnPage(stay.TxRef);

        var report = await ReportAsync();

        report.Compared.ShouldBe(1);
        report.Differences.ShouldBeEmpty();
        (await StateAsync(stay)).ShouldBe(PaymentState.Paid);
        (await house.Bookings.StatusOfAsync(stay.Booking)).ShouldBe(BookingStatus.Confirmed);
    }

    [Fact]
    public async Task What_is_paid_when_nobody_asks_about_it_any_more_is_found_by_the_report()
    {
        var stay = await PageAsync();
        await house.GoOnUntilAllIsDoneAsync(stay.Booking);
        (await StateAsync(stay)).ShouldBe(PaymentState.Abandoned);
        house.PayOnPage(stay.TxRef);

        (await ReportAsync()).Differences.ShouldBeEmpty();

        (await StateAsync(stay)).ShouldBe(PaymentState.Paid);
        (await house.Bookings.StatusOfAsync(stay.Booking)).ShouldBe(BookingStatus.Confirmed);
    }

    [Fact]
    public async Task The_gateways_list_is_read_to_its_last_page()
    {
        var stay = await PageAsync();
        var later = house.AtGateway(stay.TxRef)! with { CreatedAt = house.Clock.Now.AddMinutes(1) };
        var book = house.Gateway.Part<TransactionBook>();
        foreach (var number in Enumerable.Range(1, 250))
        {
            book.Add(later with { TxRef = $"TRV-LATER-{number}", Token = $"later{number}" }).ShouldBeTrue();
        }

        house.PayOnPage(stay.TxRef);
        await ReportAsync();

        (await StateAsync(stay)).ShouldBe(PaymentState.Paid);
    }

    [Fact]
    public async Task What_is_paid_here_and_not_at_the_gateway_is_a_difference()
    {
        var stay = await PaidAsync();
        Correct(stay.TxRef, paid => paid with { Status = PaymentStatus.Pending });

        (await ReportAsync()).Differences.ShouldHaveSingleItem().ShouldStartWith($"{stay.TxRef}: ");
    }

    [Fact]
    public async Task What_is_not_in_the_list_and_paid_when_the_gateway_is_asked_is_none()
    {
        var stay = await PaidAsync();
        Correct(stay.TxRef, paid => paid with { CreatedAt = house.Clock.Now.AddYears(-1) });

        (await ReportAsync()).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_paid_under_a_reference_of_ours_that_nobody_knows_is_a_difference_and_what_another_shop_sold_is_not()
    {
        var paid = house.AtGateway((await PaidAsync()).TxRef)!;
        var book = house.Gateway.Part<TransactionBook>();
        book.Add(paid with { TxRef = "TRV-NOBODYS-1", Token = "nobodys" }).ShouldBeTrue();
        book.Add(paid with { TxRef = "SHOP-1", Token = "shop" }).ShouldBeTrue();

        var report = await ReportAsync();

        report.Compared.ShouldBe(2);
        report.Differences.ShouldHaveSingleItem().ShouldStartWith("TRV-NOBODYS-1: ");
    }

    [Fact]
    public async Task Money_that_nobody_can_place_is_no_difference_where_both_say_how_much_it_is()
    {
        var stay = await PageAsync();
        Correct(stay.TxRef, page => page with { Amount = LegalEnd.OtherPrice / 100m });
        house.PayOnPage(stay.TxRef);
        (await house.LookAsync(stay.TxRef)).ShouldBe(PaymentState.Mismatched);

        (await ReportAsync()).Differences.ShouldBeEmpty();

        Correct(stay.TxRef, paid => paid with { Amount = LegalEnd.Price / 100m });
        (await ReportAsync()).Differences.ShouldHaveSingleItem().ShouldStartWith($"{stay.TxRef}: ");
    }

    [Fact]
    public async Task A_refund_that_is_done_here_and_otherwise_or_unknown_at_the_gateway_is_a_difference()
    {
        var (txRef, reference) = await RefundedAsync();
        Func<Transaction, Transaction>[] otherwise =
        [
            paid => paid.With(paid.Refunds[0] with { Status = RefundStatus.Reversed }),
            paid => paid.With(paid.Refunds[0] with { Status = RefundStatus.Refunded, Amount = 1m }),
            paid => paid with { Refunds = [] },
        ];
        foreach (var other in otherwise)
        {
            Correct(txRef, other);

            (await ReportAsync()).Differences.ShouldHaveSingleItem().ShouldStartWith($"{reference}: ");
        }
    }

    [Fact]
    public async Task A_gateway_that_cannot_be_asked_makes_no_report()
    {
        await PaidAsync();
        await house.Gateway.StopAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => CompareAsync());

        (await house.Bookings.AskAsync(db => db.GatewayReports.CountAsync())).ShouldBe(0);
    }

    /// <summary>A stay that is held, and the page on which it can be paid.</summary>
    private async Task<OpenStay> PageAsync()
    {
        var place = await house.Bookings.PlaceAsync(PaymentMode.Online);
        var booking = await house.StayAsync(place, 30, paid: false);
        var txRef = await house.OpenPageAsync(place, booking.Id);
        // The gateway has a clock of its own, and it is not the house's.
        Correct(txRef, page => page with { CreatedAt = house.Clock.Now });
        return new OpenStay(place, booking.Id, txRef);
    }

    private async Task<OpenStay> PaidAsync()
    {
        var stay = await PageAsync();
        house.PayOnPage(stay.TxRef);
        (await house.LookAsync(stay.TxRef)).ShouldBe(PaymentState.Paid);
        return stay;
    }

    /// <summary>Paid, cancelled, and all of it has gone back.</summary>
    private async Task<(string TxRef, string Reference)> RefundedAsync()
    {
        var stay = await PaidAsync();
        (await house.CancelAsync(stay.Place, stay.Booking)).ShouldBeOfType<BookingOutcome.Done>();
        await house.SendRefundsAsync();
        var refund = await house.Bookings.AskAsync(db => db.Refunds.AsNoTracking().SingleAsync(found => found.BookingId == stay.Booking));
        refund.State.ShouldBe(RefundState.Refunded);
        return (stay.TxRef, refund.Reference);
    }

    /// <summary>What the gateway has in its book from now on.</summary>
    private void Correct(string txRef, Func<Transaction, Transaction> correction) => house.Gateway.Part<TransactionBook>().Change(txRef, correction).ShouldNotBeNull();

    private Task<int> CompareAsync() => house.Bookings.DoAsync((CompareWithGateway compare) => compare.ExecuteAsync(CancellationToken.None));

    private async Task<GatewayReport> ReportAsync()
    {
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var compared = await CompareAsync();
        var report = await house.Bookings.AskAsync(db => db.GatewayReports.AsNoTracking().OrderByDescending(found => found.At).FirstAsync());
        report.At.ShouldBe(house.Clock.Now);
        report.Compared.ShouldBe(compared);
        return report;
    }

    private Task<PaymentState> StateAsync(OpenStay stay) =>
        house.Bookings.AskAsync(db => db.Payments.Where(payment => payment.TxRef == stay.TxRef).Select(payment => payment.State).SingleAsync());

    private sealed record OpenStay(Place Place, Guid Booking, string TxRef);
}
