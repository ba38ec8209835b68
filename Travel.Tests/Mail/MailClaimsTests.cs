using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Travel.Contracts.Accounts;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;
using Travel.Worker.Accounts;
using Travel.Worker.Mail;
using MailMessage = Travel.Domain.Mail.MailMessage;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed class MailClaimsTests(TravelGraph graph)
{
    [Fact]
    public async Task What_the_server_said_is_kept_with_the_mail()
    {
        var recipient = await graph.OwnAccountAsync();
        await using var db = await graph.DatabaseAsync();
        var claims = ClaimsOn(db);
        var draft = new MailDraft(recipient.Id, recipient.SignIn.Email, "Sara", BookingId: null, _ => throw new InvalidOperationException("Nothing is written here."));
        var mail = await claims.ClaimAsync(Guid.NewGuid(), "verify-address", draft, isSubscription: false, CancellationToken.None);

        var refused = new MailNotTakenException(new SmtpException(SmtpStatusCode.MailboxUnavailable, "550 nobody of that name"));
        await claims.DeferAsync(mail.ShouldNotBeNull(), refused, CancellationToken.None);

        var error = (await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id)).LastError.ShouldNotBeNull();
        error.ShouldContain("MailboxUnavailable");
        error.ShouldContain("550 nobody of that name");
    }

    [Fact]
    public async Task A_long_error_is_cut_and_no_character_with_it()
    {
        await using var db = await graph.DatabaseAsync();
        var claims = ClaimsOn(db);
        var mail = (await claims.ClaimAsync(Guid.NewGuid(), "verify-address", await DraftAsync(), isSubscription: false, CancellationToken.None)).ShouldNotBeNull();
        var words = new string('x', MailMessage.LongestError - "IOException: ".Length - 1);

        await claims.DeferAsync(mail, new IOException(words + "😀"), CancellationToken.None);

        (await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id)).LastError.ShouldBe("IOException: " + words);
    }

    [Fact]
    public async Task Waiting_for_a_sender_that_has_died_is_no_attempt_at_the_mail()
    {
        var recipient = await graph.OwnAccountAsync();
        var changed = Guid.NewGuid();
        await using var db = await graph.DatabaseAsync();
        var lease = new MailOptions { Timeout = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromSeconds(4) };
        var draft = new MailDraft(recipient.Id, recipient.SignIn.Email, "Sara", BookingId: null, _ => throw new InvalidOperationException("This sender writes nothing more."));
        await ClaimsOn(db, lease).ClaimAsync(changed, PasswordChangedNotice.Kind, draft, isSubscription: false, CancellationToken.None);

        await graph.PublishAsync(Topology.UrgentMail.Name, changed, new PasswordChanged(recipient.Id, TimeProvider.System.GetUtcNow()), Topology.RetryDelays.Count);

        (await graph.Mailbox.WaitForMailToAsync(recipient.SignIn.Email, "Your password was changed")).MessageId.ShouldContain(changed.ToString("N"));
    }

    [Fact]
    public async Task A_mail_that_was_given_up_and_is_replayed_is_waited_for_like_any_other()
    {
        var recipient = await graph.OwnAccountAsync();
        var told = Guid.NewGuid();
        await using var db = await graph.DatabaseAsync();
        var claims = ClaimsOn(db);
        var draft = new MailDraft(recipient.Id, recipient.SignIn.Email, "Sara", BookingId: null, _ => throw new InvalidOperationException("Nothing is written here."));
        await claims.ClaimAsync(told, "verify-address", draft, isSubscription: false, CancellationToken.None);
        await claims.GiveUpAsync(told, new InvalidOperationException("It fails."), CancellationToken.None);

        var replayed = (await claims.ClaimAsync(told, "verify-address", draft, isSubscription: false, CancellationToken.None)).ShouldNotBeNull();

        // Or the sender that has it could die, and nobody would ever send it.
        await Should.ThrowAsync<MailIsClaimedException>(() => claims.ClaimAsync(told, "verify-address", draft, isSubscription: false, CancellationToken.None));
        var row = await db.Mails.AsNoTracking().SingleAsync(mail => mail.EventId == told);
        (row.Id, row.Status, row.Attempts).ShouldBe((replayed.Id, MailStatus.Queued, 2));
    }

    [Theory]
    [InlineData(MailStatus.Sent, false)]
    [InlineData(MailStatus.Failed, true)]
    public async Task A_mail_that_was_given_up_and_has_since_been_sent_for_an_operator_is_not_sent_again_by_a_replay(MailStatus again, bool isTaken)
    {
        var draft = await DraftAsync();
        var told = Guid.NewGuid();
        await using var db = await graph.DatabaseAsync();
        var claims = ClaimsOn(db);
        var failed = (await claims.ClaimAsync(told, "verify-address", draft, isSubscription: false, CancellationToken.None)).ShouldNotBeNull();
        await claims.GiveUpAsync(told, new InvalidOperationException("It fails."), CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        db.Mails.Add(new MailMessage
        {
            Id = Guid.CreateVersion7(now),
            EventId = Guid.NewGuid(),
            Kind = "verify-address",
            RecipientId = draft.RecipientId,
            Status = again,
            Attempts = 1,
            ResendOf = failed.Id,
            SentAt = again == MailStatus.Sent ? now : null,
            CreatedAt = now,
        });
        await db.SaveChangesAsync();

        var replayed = await claims.ClaimAsync(told, "verify-address", draft, isSubscription: false, CancellationToken.None);

        (replayed is not null).ShouldBe(isTaken);
        (await db.Mails.AsNoTracking().SingleAsync(mail => mail.Id == failed.Id)).Status.ShouldBe(isTaken ? MailStatus.Queued : MailStatus.Failed);
    }

    [Fact]
    public async Task A_mail_is_told_of_once_in_the_history_even_when_the_connection_breaks_after_it_was_noted()
    {
        var guest = await graph.PersonAsync();
        var booking = await graph.StayAsync(await graph.HiddenListingAsync(await graph.PersonAsync(Role.Host)), guest);
        var broken = new DatabaseAway(times: 1, carriesOut: true);
        await using var db = await graph.DatabaseAsync(broken);
        var claims = ClaimsOn(db, clock: new ShortWaits());
        var draft = new MailDraft(guest.Id, guest.Email, "Sara", booking.Id, _ => throw new InvalidOperationException("Nothing is written here."));
        var mail = (await claims.ClaimAsync(Guid.NewGuid(), "booking-confirmed", draft, isSubscription: false, CancellationToken.None)).ShouldNotBeNull();

        await claims.SentAsync(mail, CancellationToken.None);

        broken.Asked.ShouldBe(2);
        (await db.Timeline.CountAsync(entry => entry.BookingId == booking.Id && entry.Event == "mail-sent")).ShouldBe(1);
        (await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id)).Status.ShouldBe(MailStatus.Sent);
    }

    [Fact]
    public async Task That_a_mail_has_gone_is_noted_as_soon_as_the_database_is_there_again()
    {
        var clock = new ShortWaits();
        await using var db = await graph.DatabaseAsync(new DatabaseAway(times: 4));
        var claims = ClaimsOn(db, clock: clock);
        var mail = (await claims.ClaimAsync(Guid.NewGuid(), "verify-address", await DraftAsync(), isSubscription: false, CancellationToken.None)).ShouldNotBeNull();

        await claims.SentAsync(mail, CancellationToken.None);

        clock.Waits.Select(wait => wait.TotalSeconds).ShouldBe([1, 2, 4, 5]);
        (await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id)).Status.ShouldBe(MailStatus.Sent);
    }

    [Fact]
    public async Task A_worker_that_stops_tries_once_to_note_it_and_waits_for_no_database()
    {
        var away = new DatabaseAway(times: int.MaxValue);
        await using var db = await graph.DatabaseAsync(away);
        var claims = ClaimsOn(db, clock: new ShortWaits());
        var mail = (await claims.ClaimAsync(Guid.NewGuid(), "verify-address", await DraftAsync(), isSubscription: false, CancellationToken.None)).ShouldNotBeNull();

        await Should.ThrowAsync<NpgsqlException>(() => claims.SentAsync(mail, new CancellationToken(canceled: true)));

        away.Asked.ShouldBe(1);
    }

    private static MailClaims ClaimsOn(TravelDbContext db, MailOptions? options = null, TimeProvider? clock = null) =>
        new(db, Options.Create(options ?? new MailOptions()), clock ?? TimeProvider.System, NullLogger<MailClaims>.Instance);

    /// <summary>Of which nothing is written.</summary>
    private async Task<MailDraft> DraftAsync()
    {
        var recipient = await graph.OwnAccountAsync();
        return new MailDraft(recipient.Id, recipient.SignIn.Email, "Sara", BookingId: null, _ => throw new InvalidOperationException("Nothing is written here."));
    }
}
