using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;
using Travel.Worker.Accounts;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed class MailClaimsTests(TravelGraph graph)
{
    [Fact]
    public async Task What_the_server_said_is_kept_with_the_mail()
    {
        var recipient = await graph.OwnAccountAsync();
        await using var db = await graph.DatabaseAsync();
        var claims = new MailClaims(db, Options.Create(new MailOptions()), TimeProvider.System);
        var draft = new MailDraft(recipient.Id, recipient.SignIn.Email, "Sara", BookingId: null, _ => throw new InvalidOperationException("Nothing is written here."));
        var mail = await claims.ClaimAsync(Guid.NewGuid(), "verify-address", draft, CancellationToken.None);

        var refused = new MailNotTakenException(new SmtpException(SmtpStatusCode.MailboxUnavailable, "550 nobody of that name"));
        await claims.DeferAsync(mail.ShouldNotBeNull(), refused, CancellationToken.None);

        var error = (await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail)).LastError.ShouldNotBeNull();
        error.ShouldContain("MailboxUnavailable");
        error.ShouldContain("550 nobody of that name");
    }

    [Fact]
    public async Task Waiting_for_a_sender_that_has_died_is_no_attempt_at_the_mail()
    {
        var recipient = await graph.OwnAccountAsync();
        var changed = Guid.NewGuid();
        await using var db = await graph.DatabaseAsync();
        var lease = new MailOptions { Timeout = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromSeconds(4) };
        var draft = new MailDraft(recipient.Id, recipient.SignIn.Email, "Sara", BookingId: null, _ => throw new InvalidOperationException("This sender writes nothing more."));
        await new MailClaims(db, Options.Create(lease), TimeProvider.System).ClaimAsync(changed, PasswordChangedNotice.Kind, draft, CancellationToken.None);

        await graph.PublishAsync(Topology.UrgentMail.Name, changed, new PasswordChanged(recipient.Id, TimeProvider.System.GetUtcNow()), Topology.RetryDelays.Count);

        (await graph.Mailbox.WaitForMailToAsync(recipient.SignIn.Email, "Your password was changed")).MessageId.ShouldContain(changed.ToString("N"));
    }
}
