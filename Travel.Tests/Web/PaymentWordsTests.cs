using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Web.Payments;

namespace Travel.Tests.Web;

public sealed class PaymentWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly Money Nothing = new(0, "ETB");
    private static readonly Money Price = new(450_000, "ETB");

    [Theory]
    [InlineData(PaymentStatus.None, "Pay 4,500.00 ETB")]
    [InlineData(PaymentStatus.Pending, "We have not heard of your payment yet")]
    [InlineData(PaymentStatus.Failed, "That payment did not go through")]
    [InlineData(PaymentStatus.Paid, "Pay 4,500.00 ETB")]
    [InlineData(PaymentStatus.PartiallyRefunded, "Pay 4,500.00 ETB")]
    public void What_is_due_can_be_paid_however_it_stood_before(PaymentStatus status, string said)
    {
        var payment = Stands(status) with { Due = Price, DueUntil = Now };

        PaymentWords.MayPay(payment).ShouldBeTrue();
        PaymentWords.Heading(Stay(BookingStatus.Held), payment).ShouldBe(said);
    }

    [Fact]
    public void As_long_as_it_is_not_known_whether_it_was_paid_nobody_can_pay_whatever_is_due()
    {
        var payment = Stands(PaymentStatus.Unknown) with { Due = Price, DueUntil = Now };

        PaymentWords.MayPay(payment).ShouldBeFalse();
        PaymentWords.Heading(Stay(BookingStatus.Held), payment).ShouldBe("We are checking your payment");
        PaymentWords.WhatNow(Stay(BookingStatus.Held), payment).ShouldContain("Please do not pay again.");
    }

    [Theory]
    [InlineData(PaymentStatus.None, BookingStatus.Requested, "Nothing to pay yet")]
    [InlineData(PaymentStatus.None, BookingStatus.Expired, "The time to pay is over")]
    [InlineData(PaymentStatus.Pending, BookingStatus.Expired, "The time to pay is over")]
    [InlineData(PaymentStatus.Failed, BookingStatus.Expired, "The time to pay is over")]
    [InlineData(PaymentStatus.None, BookingStatus.Declined, "Nothing to pay")]
    [InlineData(PaymentStatus.None, BookingStatus.Cancelled, "Nothing to pay")]
    [InlineData(PaymentStatus.Paid, BookingStatus.Confirmed, "Paid")]
    [InlineData(PaymentStatus.Refunding, BookingStatus.Cancelled, "Your money is on its way back")]
    [InlineData(PaymentStatus.Refunded, BookingStatus.Expired, "Your money has gone back")]
    [InlineData(PaymentStatus.Refunding, BookingStatus.Confirmed, "Paid, and part of your money is on its way back")]
    [InlineData(PaymentStatus.PartiallyRefunded, BookingStatus.Cancelled, "Part of your money has gone back")]
    [InlineData(PaymentStatus.PartiallyRefunded, BookingStatus.Confirmed, "Paid, and part of your money has gone back")]
    public void Where_nothing_is_due_it_says_how_it_stands(PaymentStatus status, BookingStatus booking, string said) =>
        PaymentWords.Heading(Stay(booking), Stands(status)).ShouldBe(said);

    [Fact]
    public void Money_under_way_is_named_without_what_is_back_already()
    {
        var payment = Stands(PaymentStatus.Refunding) with
        {
            Refunds =
            [
                new RefundResponse(Price, IsDone: true, "paid-twice", Now, Now),
                new RefundResponse(Price, IsDone: false, "cancelled", Now, DoneAt: null),
                new RefundResponse(Price, IsDone: false, "cancelled", Now, DoneAt: null),
            ],
        };

        PaymentWords.WhatNow(Stay(BookingStatus.Cancelled), payment)
            .ShouldBe("9,000.00 ETB goes back the way it came. That takes a few days, depending on your bank.");
    }

    [Fact]
    public void A_stay_paid_at_the_door_says_what_is_paid_there() =>
        PaymentWords.WhatNow(Stay(BookingStatus.Confirmed) with { PaymentMode = PaymentMode.OnArrival }, Stands(PaymentStatus.None))
            .ShouldBe("There is nothing to pay here. You pay 4,500.00 ETB at the place itself.");

    [Fact]
    public void A_stay_cancelled_too_late_says_that_nothing_comes_back() =>
        PaymentWords.WhatNow(Stay(BookingStatus.Cancelled), Stands(PaymentStatus.Paid) with { Paid = Price })
            .ShouldBe("You paid 4,500.00 ETB. By the terms of the booking, nothing of it comes back.");

    private static BookingPayment Stands(PaymentStatus status) =>
        new(status, Due: null, DueUntil: null, IsDueForChange: false, Paid: Nothing, Refunded: Nothing, Receipts: [], Refunds: []);

    private static BookingResponse Stay(BookingStatus status) => new(
        Guid.Empty,
        "4HNRXY7Q",
        status,
        new BookedListing(Guid.Empty, "lake-house", "Lake house", "Bahir Dar", "Ethiopia", "Africa/Addis_Ababa", new TimeOnly(14, 0), new TimeOnly(11, 0)),
        new DateOnly(2026, 12, 24),
        new DateOnly(2026, 12, 26),
        Guests: 2,
        Note: null,
        new Quote(2, [], Price, "ETB", CancellationPolicy.Flexible, Now),
        PaymentMode.Online,
        HoldExpiresAt: null,
        Now);
}
