using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Travel.Contracts;
using Travel.Domain.Bookings;
using Travel.Domain.Operations;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Mail;

public sealed class ReminderLetterTests : IDisposable
{
    private const string AddisAbaba = "Africa/Addis_Ababa";
    private static readonly Uri Web = new("https://travel.example");
    private static readonly DateOnly Thursday = new(2026, 12, 24);
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    private IStringLocalizer<MailTexts> Texts => services.GetRequiredService<IStringLocalizer<MailTexts>>();

    public void Dispose() => services.Dispose();

    [Fact]
    public void A_hold_says_until_when_by_the_clock_at_the_listing_names_that_and_leads_to_the_payment()
    {
        var stay = SampleStay.With();

        var letter = OfStay(stay, HoldNotice.Says(stay, new DateTimeOffset(2026, 11, 20, 22, 45, 0, TimeSpan.Zero)));

        letter.Lead.ShouldHaveSingleItem().ShouldContain("until Saturday, 21 November 2026, 01:45.");
        letter.FactsNote.ShouldBe("Times are local (Africa/Addis_Ababa).");
        letter.Link.ShouldBe(new LetterLink("Pay now", new Uri(stay.TripAddress + "/payment")));
    }

    [Fact]
    public void Who_may_have_paid_is_told_not_to_pay_again()
    {
        var letter = OfStay(SampleStay.With(), PaymentInDoubt.Says());

        letter.Lead.ShouldHaveSingleItem().ShouldContain("do not pay again");
        letter.Link.ShouldNotBeNull().Label.ShouldNotContain("Pay");
    }

    [Fact]
    public void A_reminder_says_from_when_one_can_check_in_and_what_is_to_be_paid_there()
    {
        var letter = OfStay(SampleStay.With(), CheckInReminder.Says(SampleStay.With(), "You pay on arrival: 2,500.00 ETB."));

        letter.Lead.ShouldHaveSingleItem().ShouldContain("from Thursday, 24 December 2026, 14:00");
        letter.Closing.ShouldBe(["You pay on arrival: 2,500.00 ETB."]);
        OfStay(SampleStay.With(), CheckInReminder.Says(SampleStay.With(), payment: null)).Closing.ShouldBeEmpty();
    }

    [Fact]
    public void A_hosts_morning_has_a_line_for_each_guest_and_place_and_names_the_clock_where_it_is_another()
    {
        var digest = new HostDigest(
            new HostMorning(Guid.NewGuid(), Thursday, AddisAbaba),
            [new DigestStay("7KDM4QXR", "Sara", 2, "Lake house", new TimeOnly(14, 0), AddisAbaba), new DigestStay("7KDM4QXS", "Liya", 3, "Harbour flat", new TimeOnly(15, 30), "Europe/Athens")],
            [new DigestStay("4HNRXY7Q", "Dawit", 1, "Lake house", new TimeOnly(11, 0), AddisAbaba)],
            [new DigestRequest("9QW2XKTE", "Hanna", "Lake house", new DateOnly(2027, 1, 6), new DateOnly(2027, 1, 9), new DateTimeOffset(2026, 12, 24, 21, 30, 0, TimeSpan.Zero), AddisAbaba)],
            [new FewFreeNights("Harbour flat", 3)]);

        var letter = HostDigestMail.LetterOf(digest, "Abebe", Web, Texts);

        letter.Subject.ShouldBe("Your places on Thursday, 24 December 2026");
        letter.Facts.ShouldBe(
        [
            new("Sara arrives", "Lake house, guests: 2, check-in from 14:00 (7KDM4QXR)"),
            new("Liya arrives", "Harbour flat, guests: 3, check-in from 15:30 (Europe/Athens) (7KDM4QXS)"),
            new("Dawit leaves", "Lake house, check-out until 11:00 (4HNRXY7Q)"),
            new("Hanna asks to stay", "Lake house, from Wednesday, 6 January 2027 to Saturday, 9 January 2027; answer until Friday, 25 December 2026, 00:30 (9QW2XKTE)"),
            new("Harbour flat", "Nights still free: 3 of the next 30"),
        ]);
        letter.FactsNote.ShouldBe("Times are local (Africa/Addis_Ababa).");
        letter.Link.ShouldNotBeNull().Address.ShouldBe(new Uri("https://travel.example/hosting/requests"));
        HostDigestMail.LetterOf(digest with { Requests = [] }, "Abebe", Web, Texts).Link.ShouldNotBeNull().Address.ShouldBe(new Uri("https://travel.example/hosting/bookings"));
    }

    [Fact]
    public void A_weekly_report_says_customers_bookings_and_revenue_of_the_week_and_in_all()
    {
        var report = new WeeklyReport(
            new DateOnly(2026, 12, 14),
            new DateOnly(2026, 12, 21),
            "Pacific/Auckland",
            new BusinessNumbers(12, 34, [new Money(8_500_000, Currencies.EthiopianBirr), new Money(0, Currencies.UsDollar)]),
            new BusinessNumbers(1_999, 20_034, [new Money(5_012_345_600, Currencies.EthiopianBirr), new Money(98_765_400, Currencies.UsDollar)]));

        var letter = WeeklyReportMail.LetterOf(report, "Hanna", Web, Texts);

        letter.Subject.ShouldBe("Travel from 14 December 2026 to 20 December 2026");
        letter.Facts.ShouldBe(
        [
            new("New customers", "12 (in all 1,999)"),
            new("Bookings", "34 (in all 20,034)"),
            new("Revenue in ETB", "85,000.00 ETB (in all 50,123,456.00 ETB)"),
            new("Revenue in USD", "0.00 USD (in all 987,654.00 USD)"),
        ]);
        letter.FactsNote.ShouldNotBeNull().ShouldStartWith("Days are by the clock of Pacific/Auckland.");
    }

    private Letter OfStay(BookedStay stay, Saying saying) => BookingLetters.LetterOf(stay, stay.GuestName, saying, BookingLetters.ToGuest, Texts);
}
