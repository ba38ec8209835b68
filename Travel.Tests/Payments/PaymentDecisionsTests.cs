using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

/// <summary>The table of docs/payments.md.</summary>
public sealed class PaymentDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly Listing Listing = SampleListing.With(payment: PaymentMode.Online);
    private static readonly StayRequest Stay = new(new(2026, 12, 24), new(2026, 12, 26), 2);
    private static readonly DateTimeOffset AfterCheckIn = new(2026, 12, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Money_for_a_hold_that_stands_confirms_it() =>
        Decide(Held()).ShouldBe(new PaymentDecision.Confirm(TakeNights: false));

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(false, true, false, false)]
    [InlineData(true, false, false, false)]
    [InlineData(true, true, true, false)]
    public void Money_after_the_hold_takes_the_nights_again_if_they_are_free_and_still_to_come_and_else_goes_back(
        bool areFree, bool isLet, bool hasBegun, bool takesAgain)
    {
        var expired = Held();
        expired.Expire(Now);

        Decide(expired, areFree: areFree, isLet: isLet, now: hasBegun ? AfterCheckIn : Now)
            .ShouldBe(takesAgain ? new PaymentDecision.Confirm(TakeNights: true) : new PaymentDecision.GiveBack(RefundCause.Late));
    }

    [Fact]
    public void Money_for_what_is_cancelled_goes_back()
    {
        var cancelled = Held();
        cancelled.Cancel(cancelled.GuestId, reason: null, Now);

        Decide(cancelled).ShouldBe(new PaymentDecision.GiveBack(RefundCause.Cancelled));
    }

    [Fact]
    public void Money_for_what_another_attempt_has_paid_goes_back()
    {
        var paid = Held();
        paid.Pay(Now);

        Decide(paid).ShouldBe(new PaymentDecision.GiveBack(RefundCause.PaidTwice));
    }

    [Theory]
    [InlineData(249_999, "ETB", "test", true)]
    [InlineData(250_001, "ETB", "test", true)]
    [InlineData(250_000, "USD", "test", true)]
    [InlineData(250_000, "ETB", "live", true)]
    [InlineData(250_000, "ETB", "test", false)]
    public void Money_that_is_not_what_was_asked_for_is_nobodys_until_a_person_says_so(long minorUnits, string currency, string mode, bool hasOurReference)
    {
        var payment = PaymentOf(Held(), change: null);
        var said = Success(payment) with { Amount = new Money(minorUnits, currency), Mode = mode, TxRef = hasOurReference ? payment.TxRef : "another" };

        PaymentDecisions.Of(payment, said, Due(Held()), Now).ShouldBe(new PaymentDecision.Mismatch());
    }

    [Fact]
    public void Money_of_no_amount_that_can_be_read_is_asked_about_again()
    {
        var payment = PaymentOf(Held(), change: null);

        PaymentDecisions.Of(payment, Success(payment) with { Amount = null }, Due(Held()), Now).ShouldBe(new PaymentDecision.Wait());
    }

    [Fact]
    public void Nothing_is_decided_while_it_is_pending() => Decide(Held(), status: GatewayPaymentStatus.Pending).ShouldBe(new PaymentDecision.Wait());

    [Theory]
    [InlineData(PaymentState.Pending, true)]
    [InlineData(PaymentState.Unknown, true)]
    [InlineData(PaymentState.Failed, false)]
    [InlineData(PaymentState.Abandoned, false)]
    public void A_failure_is_told_once_and_of_an_attempt_that_was_given_up_not_at_all(PaymentState state, bool isTold) =>
        Decide(Held(), state, GatewayPaymentStatus.Failed).ShouldBe(isTold ? new PaymentDecision.Fail() : new PaymentDecision.Wait());

    [Theory]
    [InlineData(PaymentState.Started)]
    [InlineData(PaymentState.Pending)]
    [InlineData(PaymentState.Unknown)]
    [InlineData(PaymentState.Failed)]
    [InlineData(PaymentState.Abandoned)]
    public void Money_counts_whatever_was_thought_of_the_attempt(PaymentState state) =>
        Decide(Held(), state).ShouldBe(new PaymentDecision.Confirm(TakeNights: false));

    [Theory]
    [InlineData(PaymentState.Paid)]
    [InlineData(PaymentState.Mismatched)]
    public void What_is_settled_is_left_alone(PaymentState state) => Decide(Held(), state).ShouldBe(new PaymentDecision.AlreadySettled());

    [Fact]
    public void Money_for_a_change_that_waits_applies_it()
    {
        var (booking, change) = Changing();

        Decide(booking, change: change).ShouldBe(new PaymentDecision.ApplyChange(TakeNights: false));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public void Money_after_the_change_takes_its_nights_again_if_they_are_free_and_no_other_change_waits(bool areFree, bool isReplaced, bool takesAgain)
    {
        var (booking, change) = Changing();
        change.Expire(Now);

        Decide(booking, change: change, areFree: areFree, isReplaced: isReplaced)
            .ShouldBe(takesAgain ? new PaymentDecision.ApplyChange(TakeNights: true) : new PaymentDecision.GiveBack(RefundCause.Late));
    }

    [Fact]
    public void Money_after_a_change_whose_own_stay_would_have_begun_goes_back()
    {
        var booking = Held();
        booking.Pay(Now);
        var earlier = Stay with { CheckIn = Stay.CheckIn.AddDays(-2) };
        var change = BookingChange.Of(booking, earlier, Quote(4), Guid.NewGuid(), Now.AddMinutes(15), Now);
        change.Expire(Now);
        var begun = change.CheckInAt(booking);

        begun.ShouldBeLessThan(booking.CheckInAt);
        Decide(booking, change: change, now: begun.AddTicks(-1)).ShouldBe(new PaymentDecision.ApplyChange(TakeNights: true));
        Decide(booking, change: change, now: begun).ShouldBe(new PaymentDecision.GiveBack(RefundCause.Late));
    }

    [Fact]
    public void Money_for_a_change_of_a_stay_that_has_another_price_by_now_goes_back()
    {
        var (booking, change) = Changing();
        var payment = PaymentOf(booking, change);
        change.Expire(Now);
        booking.ChangeTo(Stay with { CheckOut = Stay.CheckOut.AddDays(1) }, Quote(3), booking.GuestId, Now);

        PaymentDecisions.Of(payment, Success(payment), Due(booking, change), Now).ShouldBe(new PaymentDecision.GiveBack(RefundCause.Late));
    }

    [Fact]
    public void Money_for_a_change_that_another_took_the_place_of_goes_back()
    {
        var (booking, change) = Changing();
        change.Withdraw(Now);

        Decide(booking, change: change).ShouldBe(new PaymentDecision.GiveBack(RefundCause.Late));
    }

    [Fact]
    public void Money_for_a_change_of_what_is_cancelled_goes_back()
    {
        var (booking, change) = Changing();
        change.Withdraw(Now);
        booking.Cancel(booking.GuestId, reason: null, Now);

        Decide(booking, change: change).ShouldBe(new PaymentDecision.GiveBack(RefundCause.Cancelled));
    }

    [Fact]
    public void Money_for_a_change_that_is_paid_already_goes_back()
    {
        var (booking, change) = Changing();
        var payment = PaymentOf(booking, change);
        change.Apply(Now);

        PaymentDecisions.Of(payment, Success(payment), Due(booking, change), Now).ShouldBe(new PaymentDecision.GiveBack(RefundCause.PaidTwice));
    }

    private static PaymentDecision Decide(
        Booking booking,
        PaymentState state = PaymentState.Pending,
        GatewayPaymentStatus status = GatewayPaymentStatus.Success,
        BookingChange? change = null,
        bool areFree = true,
        bool isLet = true,
        bool isReplaced = false,
        DateTimeOffset? now = null)
    {
        var payment = PaymentOf(booking, change);
        To(payment, state);
        return PaymentDecisions.Of(payment, Success(payment) with { Status = status }, new ThingDue(booking, change, areFree, isLet, isReplaced), now ?? Now);
    }

    private static ThingDue Due(Booking booking, BookingChange? change = null) => new(booking, change, AreNightsFree: true, IsLet: true, IsReplaced: false);

    private static Booking Held() => Booking.Held(NewBooking.At(Listing, Guid.NewGuid(), Stay, Now), Now.AddMinutes(15), Now);

    /// <summary>A paid stay of two nights that is to become one of four.</summary>
    private static (Booking Booking, BookingChange Change) Changing()
    {
        var booking = Held();
        booking.Pay(Now);
        var longer = Stay with { CheckOut = Stay.CheckIn.AddDays(4) };
        return (booking, BookingChange.Of(booking, longer, Quote(4), Guid.NewGuid(), Now.AddMinutes(15), Now));
    }

    private static Quote Quote(int nights) => QuoteStay.For(Listing, Stay with { CheckOut = Stay.CheckIn.AddDays(nights) }, Now);

    private static Payment PaymentOf(Booking booking, BookingChange? change) =>
        Payment.For(booking, change, change is null ? booking.Quote.Total : change.Quote.Total - booking.Quote.Total, "test", Now);

    private static GatewayPayment Success(Payment payment) =>
        new(GatewayPaymentStatus.Success, payment.TxRef, payment.Amount, "test", Reference: "AP1", Method: "telebirr");

    private static void To(Payment payment, PaymentState state)
    {
        var page = new Uri("https://checkout.example/1");
        switch (state)
        {
            case PaymentState.Pending: payment.Open(page); break;
            case PaymentState.Unknown: payment.Claim(Now); break;
            case PaymentState.Paid: payment.Receive(Success(payment), Now); break;
            case PaymentState.Mismatched: payment.ReceiveOther(Success(payment), Now); break;
            case PaymentState.Failed: payment.Fail(Now); break;
            case PaymentState.Abandoned: payment.Abandon(); break;
        }
    }
}
