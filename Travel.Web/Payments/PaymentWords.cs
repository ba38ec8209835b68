using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Web.Bookings;

namespace Travel.Web.Payments;

/// <summary>How paying for a booking stands, as its guest is told.</summary>
internal static class PaymentWords
{
    /// <summary>Nobody is shown a way to pay who may have paid already.</summary>
    public static bool MayPay(BookingPayment payment) => payment is { Due: not null, Status: not PaymentStatus.Unknown };

    /// <summary>There may be news that only the payment provider has.</summary>
    public static bool MayHaveNews(BookingPayment payment) => payment.Status is PaymentStatus.Pending or PaymentStatus.Unknown;

    public static string Heading(BookingResponse booking, BookingPayment payment) => (payment.Status, booking) switch
    {
        (PaymentStatus.Unknown, _) => "We are checking your payment",
        (PaymentStatus.Pending, _) when MayPay(payment) => "We have not heard of your payment yet",
        (PaymentStatus.Failed, _) when MayPay(payment) => "That payment did not go through",
        _ when MayPay(payment) => payment.IsDueForChange ? $"Pay {payment.Due} for the change" : $"Pay {payment.Due}",
        (PaymentStatus.Refunding, { Status: BookingStatus.Confirmed or BookingStatus.Completed }) => "Paid, and part of your money is on its way back",
        (PaymentStatus.Refunding, _) => "Your money is on its way back",
        (PaymentStatus.Refunded, _) => "Your money has gone back",
        (PaymentStatus.PartiallyRefunded, { Status: BookingStatus.Confirmed or BookingStatus.Completed }) => "Paid, and part of your money has gone back",
        (PaymentStatus.PartiallyRefunded, _) => "Part of your money has gone back",
        (PaymentStatus.Paid, _) => "Paid",
        (_, { PaymentMode: PaymentMode.OnArrival }) => "You pay on arrival",
        (_, { Status: BookingStatus.Requested }) => "Nothing to pay yet",
        (_, { Status: BookingStatus.Held or BookingStatus.Expired }) => "The time to pay is over",
        _ => "Nothing to pay",
    };

    public static string WhatNow(BookingResponse booking, BookingPayment payment) => (payment.Status, booking) switch
    {
        (PaymentStatus.Unknown, _) =>
            "It may have gone through, and we are asking the payment provider. Please do not pay again. As soon as we know, you have a mail from us: either your booking is paid, or your money goes back to you.",
        (PaymentStatus.Pending, _) when MayPay(payment) =>
            "If you have just paid, it can take a moment until we know. If you left the payment page, you can go there again. You never pay twice: money that comes a second time goes back to you.",
        (PaymentStatus.Failed, _) when MayPay(payment) => "The payment provider says that nothing was paid. You can try again, perhaps in another way.",
        _ when MayPay(payment) => payment.IsDueForChange
            ? "This is what your new stay costs more. Until it is paid, your stay stays as it was booked."
            : "Your stay is confirmed as soon as it is paid.",
        (PaymentStatus.Refunding, _) => $"{Sums(payment, isDone: false)} goes back the way it came. That takes a few days, depending on your bank.",
        (PaymentStatus.Refunded, _) => $"{Sums(payment, isDone: true)} went back the way it came. Your bank may take a few days to show it.",
        (PaymentStatus.PartiallyRefunded, _) => $"Of what you paid, {Sums(payment, isDone: true)} went back the way it came. Your bank may take a few days to show it.",
        (PaymentStatus.Paid, { Status: BookingStatus.Cancelled }) => $"You paid {payment.Paid}. By the terms of the booking, nothing of it comes back.",
        (PaymentStatus.Paid, _) => $"You paid {payment.Paid}. Thank you.",
        (_, { PaymentMode: PaymentMode.OnArrival }) => $"There is nothing to pay here. You pay {booking.Quote.Total} at the place itself.",
        (_, { Status: BookingStatus.Requested }) => "The host has not answered yet. Once they accept, the nights are held for you and you can pay here.",
        (PaymentStatus.Pending, _) =>
            "We have not heard of a payment. Should you have paid after all, we will find out by ourselves: you get the nights if they are still free, and else all of your money back.",
        (_, { Status: BookingStatus.Held or BookingStatus.Expired }) => "Nothing was paid, and your nights are open to others again. If they are still free, you can book them anew.",
        (_, { Status: BookingStatus.Confirmed or BookingStatus.Completed }) => "Nothing is due for this stay.",
        _ => "Nothing was paid for this booking, and nothing is due.",
    };

    /// <summary>Until when there is time to pay what is due.</summary>
    public static string Kept(BookingResponse booking, BookingPayment payment) =>
        $"{(payment.IsDueForChange ? "The new" : "Your")} nights are kept until {TripWords.Moment(booking, payment.DueUntil!.Value)}.";

    /// <param name="cause">As the Api names it.</param>
    public static string Cause(string cause) => cause switch
    {
        "late" => "The payment came after its time",
        "paid-twice" => "Paid twice",
        "cancelled" => "Booking cancelled",
        "changed" => "The new stay costs less",
        "operator" => "Returned by our team",
        _ => cause.Replace('-', ' '),
    };

    /// <summary>How it was paid; providers write their own names as they like.</summary>
    public static string Method(string? method) => method switch
    {
        null or "" => "Online",
        _ => char.ToUpperInvariant(method[0]) + method[1..],
    };

    /// <summary>Of each currency, for what came in another than was asked for goes back in that one.</summary>
    private static string Sums(BookingPayment payment, bool isDone) => string.Join(" and ", payment.Refunds.Where(refund => refund.IsDone == isDone)
        .Select(refund => refund.Amount).GroupBy(amount => amount.Currency, StringComparer.Ordinal).Select(amounts => amounts.Aggregate((sum, amount) => sum + amount)));
}
