using Travel.Contracts.Bookings;
using Travel.Web.Bookings;

namespace Travel.Tests.Web;

public sealed class TripWordsTests
{
    [Theory]
    [InlineData(BookingStatus.Requested, BookingParty.Guest, "Waiting for the host")]
    [InlineData(BookingStatus.Requested, BookingParty.Host, "Waiting for your answer")]
    [InlineData(BookingStatus.Requested, BookingParty.Operator, "Waiting for the host")]
    [InlineData(BookingStatus.Held, BookingParty.Guest, "Held for you")]
    [InlineData(BookingStatus.Held, BookingParty.Host, "Held for the guest")]
    [InlineData(BookingStatus.Confirmed, BookingParty.Host, "Confirmed")]
    public void A_status_is_said_to_each_party_as_it_concerns_them(BookingStatus status, BookingParty seenAs, string said) =>
        TripWords.Status(status, seenAs).ShouldBe(said);

    [Theory]
    [InlineData("booking-confirmed", BookingParty.Guest, "Mail sent to you")]
    [InlineData("booking-confirmed-host", BookingParty.Guest, "Mail sent to the host")]
    [InlineData("booking-confirmed-host", BookingParty.Host, "Mail sent to you")]
    [InlineData("booking-requested", BookingParty.Guest, "Mail sent to the host")]
    [InlineData("booking-cancelled", BookingParty.Operator, "Mail sent to the guest")]
    public void A_mail_in_the_history_says_to_whom_it_went(string mail, BookingParty seenAs, string said) =>
        TripWords.Event(new BookingEvent(default, "mail-sent", BookingParty.Travel, mail), seenAs).ShouldBe(said);

    [Theory]
    [InlineData("confirmed", null, "Stay paid and confirmed")]
    [InlineData("payment-failed", null, "A payment did not go through")]
    [InlineData("payment-returned", "late", "A payment came after its time and goes back")]
    [InlineData("payment-returned", "paid-twice", "Paid twice, so one payment goes back")]
    [InlineData("payment-returned", "cancelled", "A payment goes back")]
    [InlineData("refunded", "4,500.00 ETB", "4,500.00 ETB given back")]
    public void What_becomes_of_money_reads_as_a_line_of_the_history(string name, string? reason, string said)
    {
        var entry = new BookingEvent(default, name, BookingParty.Travel, reason);

        TripWords.Event(entry, BookingParty.Guest).ShouldBe(said);
        TripWords.Reason(entry).ShouldBeNull();
    }
}
