using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Bookings;

[Collection(TravelGraph.Outages)]
public sealed class BookingMailTests(TravelGraph graph)
{
    private static readonly TimeSpan AfterAnOutage = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_booking_ends_as_exactly_one_mail_with_its_reference()
    {
        using var guest = await graph.GuestAsync();

        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());

        var mail = (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference)).ShouldHaveSingleItem();
        mail.Text.ShouldContain(booking.Quote.Total.ToString());
        mail.Html[mail.Html.IndexOf("<body", StringComparison.Ordinal)..].ShouldContain(booking.Reference);
        mail.Attachments.ShouldBe(1);
        await ShouldBeRecordedAsSentOnceAsync(booking);
    }

    [Fact]
    public async Task The_request_does_not_wait_for_RabbitMQ_or_SMTP_and_one_trace_runs_from_it_to_the_mail_server()
    {
        using var guest = await graph.GuestAsync();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        guest.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");

        await guest.BookedAsync(await graph.Stays.FreeAsync());

        // Spans arrive when they end, and in batches of each process: the mail server's before that of the message it was sent for.
        var processing = "process travel.events:" + BookingConfirmed.RoutingKey + ":mail.urgent";
        var spans = await Eventually.GetAsync(
            () => graph.Telemetry.SpansOfAsync(trace),
            seen => Array.TrueForAll(["POST /api/v1/bookings", processing, "smtp send"], name => seen.Any(span => span.Name == name)) && seen.Any(IsOfTheBroker),
            TimeSpan.FromSeconds(30),
            "Request, broker, consumer and SMTP in one trace");
        var request = spans.Single(span => span.Name == "POST /api/v1/bookings");
        request.Service.ShouldBe(ResourceNames.Api);
        request.Attributes.ShouldContain("http.response.status_code");
        spans.Single(span => span.Name == processing).Service.ShouldBe(ResourceNames.Worker);
        var away = spans.Where(span => IsOfTheBroker(span) || span.Scope == "Travel.Mail").ToList();
        // The commit is the last that the request waits for; whatever goes to a broker or a mail server begins after it.
        var commit = spans.Where(span => span.Scope == "Npgsql" && span.ParentSpanId == request.SpanId).Max(span => span.End);
        away.ShouldAllBe(span => span.Start > commit);

        static bool IsOfTheBroker(Span span) => span.Scope.StartsWith("RabbitMQ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_mail_server_away_a_booking_answers_and_its_mail_comes_when_it_is_back()
    {
        using var guest = await graph.GuestAsync();
        var booking = await DuringAsync(ResourceNames.Mail, async () =>
        {
            await graph.StopAsync(ResourceNames.Mail);
            var booked = await guest.BookedAsync(await graph.Stays.FreeAsync());
            await WaitForMailRowAsync(booked, mail => mail?.Status == MailStatus.Deferred);
            return booked;
        });

        (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, AfterAnOutage)).ShouldHaveSingleItem();
        await ShouldBeRecordedAsSentOnceAsync(booking);
    }

    [Fact]
    public async Task A_booking_whose_process_dies_between_commit_and_publish_is_told_all_the_same()
    {
        using var guest = await graph.GuestAsync();
        await DuringAsync(ResourceNames.Api, async () =>
        {
            var booking = await DuringAsync(ResourceNames.Messaging, async () =>
            {
                await graph.StopAsync(ResourceNames.Messaging);
                var booked = await guest.BookedAsync(await graph.Stays.FreeAsync());
                (await UnpublishedAsync()).ShouldBeGreaterThan(0);
                await graph.KillAsync(ResourceNames.Api);
                return booked;
            });

            (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, AfterAnOutage)).ShouldHaveSingleItem();
            await ShouldBeRecordedAsSentOnceAsync(booking);
            return booking;
        });
    }

    [Fact]
    public async Task A_booking_made_while_RabbitMQ_restarts_is_told_once_it_is_back()
    {
        using var guest = await graph.GuestAsync();
        var booking = await DuringAsync(ResourceNames.Messaging, async () =>
        {
            await graph.StopAsync(ResourceNames.Messaging);
            return await guest.BookedAsync(await graph.Stays.FreeAsync());
        });

        (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, AfterAnOutage)).ShouldHaveSingleItem();
        await ShouldBeRecordedAsSentOnceAsync(booking);
        await Eventually.GetAsync(UnpublishedAsync, left => left == 0, AfterAnOutage, "An empty outbox");
    }

    /// <summary>Whatever becomes of the outage, what comes after it has its servers again.</summary>
    private async Task<BookingResponse> DuringAsync(string resource, Func<Task<BookingResponse>> outage)
    {
        try
        {
            return await outage();
        }
        finally
        {
            await graph.StartAsync(resource);
        }
    }

    /// <summary>The row of the guest's mail says sent, the timeline has it once, and nothing more has come to the guest by then.</summary>
    private async Task ShouldBeRecordedAsSentOnceAsync(BookingResponse booking)
    {
        await WaitForMailRowAsync(booking, mail => mail?.Status == MailStatus.Sent);
        await using var db = await graph.DatabaseAsync();
        (await db.Timeline.CountAsync(entry => entry.BookingId == booking.Id && entry.Event == "mail-sent" && entry.Reason == BookingConfirmation.Kind)).ShouldBe(1);
        (await graph.Mailbox.MailsAboutAsync(booking.Reference, TravelGraph.GuestEmail)).Count.ShouldBe(1);
    }

    private Task<MailMessage?> WaitForMailRowAsync(BookingResponse booking, Func<MailMessage?, bool> good) => Eventually.GetAsync(
        async () =>
        {
            await using var db = await graph.DatabaseAsync();
            return await db.Mails.AsNoTracking().SingleOrDefaultAsync(mail => mail.BookingId == booking.Id && mail.Kind == BookingConfirmation.Kind);
        },
        good,
        AfterAnOutage,
        $"The mail of {booking.Reference}");

    private async Task<int> UnpublishedAsync()
    {
        await using var db = await graph.DatabaseAsync();
        return await db.Outbox.CountAsync(message => message.PublishedAt == null);
    }
}
