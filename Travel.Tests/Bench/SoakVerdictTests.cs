using Travel.Bench.Smtp;
using Travel.Bench.Soak;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;

namespace Travel.Tests.Bench;

public sealed class SoakVerdictTests
{
    private const string ToGuest = "booking-confirmed";
    private const string ToHost = "booking-confirmed-host";

    private static readonly DateTimeOffset Sent = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly Guid Booking = Guid.NewGuid();
    private static readonly Guid Event = Guid.NewGuid();
    private static readonly MailId GuestsMail = new(Event, ToGuest);

    /// <summary>One booking, one event, its two mails, and nothing else.</summary>
    private static readonly SoakEvidence Good = new()
    {
        Kinds = [ToGuest, ToHost],
        Answered = [Booking],
        Refused = [],
        Booked = [Booking],
        Events = [new ToldBooking(Event, Booking)],
        Noted = [new NotedMail(GuestsMail, MailStatus.Sent, 1), new NotedMail(new MailId(Event, ToHost), MailStatus.Sent, 1)],
        Arrivals = [Of(GuestsMail, Sent), Of(new MailId(Event, ToHost), Sent)],
        Deaths = [],
        Unpublished = 0,
        Queued = 0,
        DeadLetters = 0,
        Breaches = [],
    };

    [Fact]
    public void Every_mail_once_is_good()
    {
        var verdict = SoakVerdict.Of(Good);

        verdict.Failures.ShouldBeEmpty();
        verdict.IsGood.ShouldBeTrue();
        verdict.ShouldSatisfyAllConditions(
            () => verdict.Bookings.ShouldBe(1),
            () => verdict.Mails.ShouldBe(2),
            () => verdict.Explained.ShouldBeEmpty());
    }

    [Fact]
    public void A_booking_that_got_no_answer_is_told_of_all_the_same() =>
        SoakVerdict.Of(Good with { Answered = [], Arrivals = [] }).Failures.Count.ShouldBe(2);

    [Fact]
    public void A_mail_that_did_not_come_fails_even_if_its_row_says_that_it_was_sent() =>
        Failure(Good with { Arrivals = [Good.Arrivals[0]] }).ShouldStartWith($"Mail {Event:N}.{ToHost} has not come");

    [Fact]
    public void A_mail_that_came_and_is_not_noted_as_sent_fails() =>
        Failure(Good with { Noted = [Good.Noted[0] with { Status = MailStatus.Queued }, Good.Noted[1]] }).ShouldBe($"Mail {GuestsMail} is not noted as sent.");

    [Fact]
    public void A_mail_of_an_event_that_nobody_knows_fails()
    {
        var unknown = new MailId(Guid.NewGuid(), ToGuest);

        Failure(Good with { Arrivals = [.. Good.Arrivals, Of(unknown, Sent)] }).ShouldContain(unknown.ToString());
        Failure(Good with { Arrivals = [.. Good.Arrivals, new Arrival("<1@test>", Sent)] }).ShouldContain("<1@test>");
        Failure(Good with { Arrivals = [.. Good.Arrivals, Of(new MailId(Event, "verify-address"), Sent)] }).ShouldContain("verify-address");
    }

    [Fact]
    public void A_booking_that_was_promised_and_is_gone_fails()
    {
        var lost = Guid.NewGuid();

        Failure(Good with { Answered = [Booking, lost] }).ShouldContain(lost.ToString());
    }

    [Fact]
    public void A_booking_without_its_event_fails()
    {
        var silent = Guid.NewGuid();

        Failure(Good with { Booked = [Booking, silent] }).ShouldBe($"Booking {silent} was told of 0 times.");
    }

    [Fact]
    public void A_booking_that_is_told_of_twice_fails_for_both_events_have_mails()
    {
        var again = Guid.NewGuid();
        var told = Good with
        {
            Events = [.. Good.Events, new ToldBooking(again, Booking)],
            Noted = [.. Good.Noted, .. Good.Noted.Select(mail => mail with { Id = mail.Id with { EventId = again } })],
            Arrivals = [.. Good.Arrivals, Of(new MailId(again, ToGuest), Sent), Of(new MailId(again, ToHost), Sent)],
        };

        Failure(told).ShouldBe($"Booking {Booking} was told of 2 times.");
    }

    [Fact]
    public void What_is_left_somewhere_fails()
    {
        Failure(Good with { Refused = ["no answer."] }).ShouldBe("A guest got no booking: no answer.");
        Failure(Good with { Unpublished = 1 }).ShouldBe("1 events are not published.");
        Failure(Good with { Queued = 2 }).ShouldBe("2 messages are still in queues.");
        Failure(Good with { DeadLetters = 3 }).ShouldBe("3 messages are dead.");
        Failure(Good with { Breaches = ["No two owners have one night."] }).ShouldContain("No two owners have one night.");
    }

    [Theory]
    [InlineData(ResourceNames.Worker)]
    [InlineData(ResourceNames.Postgres)]
    public void A_mail_that_came_twice_is_explained_by_who_died_before_it_could_be_noted(string victim)
    {
        var verdict = SoakVerdict.Of(Twice(attempts: 2) with { Deaths = [DeathOf(victim, Sent.AddMilliseconds(5))] });

        verdict.Failures.ShouldBeEmpty();
        verdict.Explained.ShouldHaveSingleItem().ShouldStartWith($"Mail {GuestsMail} came 2 times");
    }

    [Fact]
    public void A_mail_sent_while_the_database_was_away_could_not_be_noted() =>
        SoakVerdict.Of(Twice(attempts: 2) with { Deaths = [DeathOf(ResourceNames.Postgres, Sent.AddSeconds(-4))] }).IsGood.ShouldBeTrue();

    [Fact]
    public void A_mail_that_came_twice_without_anybody_having_died_fails() => Failure(Twice(attempts: 2)).ShouldContain("nobody had died");

    [Fact]
    public void A_mail_that_came_twice_though_it_was_claimed_once_fails() =>
        Failure(Twice(attempts: 1) with { Deaths = [DeathOf(ResourceNames.Worker, Sent.AddMilliseconds(5))] }).ShouldContain("claimed 1 times");

    [Fact]
    public void A_broker_that_dies_explains_no_second_mail() =>
        Failure(Twice(attempts: 2) with { Deaths = [DeathOf(ResourceNames.Messaging, Sent.AddMilliseconds(5))] }).ShouldContain("nobody had died");

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void A_worker_that_died_at_another_time_explains_no_second_mail(int seconds) =>
        SoakVerdict.Of(Twice(attempts: 2) with { Deaths = [DeathOf(ResourceNames.Worker, Sent.AddSeconds(seconds))] }).IsGood.ShouldBeFalse();

    [Fact]
    public void Each_further_time_needs_a_death_of_its_own()
    {
        var thrice = Twice(attempts: 3) with { Arrivals = [.. Good.Arrivals, Of(GuestsMail, Sent + Lease), Of(GuestsMail, Sent + Lease + Lease)] };
        var first = DeathOf(ResourceNames.Worker, Sent.AddMilliseconds(5));
        var second = DeathOf(ResourceNames.Worker, Sent + Lease + TimeSpan.FromMilliseconds(5));

        SoakVerdict.Of(thrice with { Deaths = [first] }).IsGood.ShouldBeFalse();
        SoakVerdict.Of(thrice with { Deaths = [first, second] }).IsGood.ShouldBeTrue();
    }

    private static SoakEvidence Twice(int attempts) => Good with
    {
        Arrivals = [.. Good.Arrivals, Of(GuestsMail, Sent + Lease)],
        Noted = [Good.Noted[0] with { Attempts = attempts }, Good.Noted[1]],
    };

    private static Death DeathOf(string resource, DateTimeOffset at) => new(resource, at, at.AddMilliseconds(200), at.AddSeconds(6));

    private static Arrival Of(MailId mail, DateTimeOffset at) => new($"<{mail}@travel.test>", at);

    private static string Failure(SoakEvidence evidence) => SoakVerdict.Of(evidence).Failures.ShouldHaveSingleItem();
}
