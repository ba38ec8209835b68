using Microsoft.Extensions.Options;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Worker.Mail;

namespace Travel.Worker.Accounts;

/// <summary>
/// Makes the secret links of mails, at the moment the mail is written: so they are in no outbox row, on no queue and in no trace,
/// but in the mail alone. An attempt that fails leaves a link that nobody has.
/// </summary>
internal sealed class AccountLinks(TravelDbContext db, IOptions<AccountTokenOptions> tokens, IOptions<MailOptions> mail, TimeProvider clock)
{
    /// <param name="page">Of Web; it shows a button, because mail filters follow links and press nothing.</param>
    public async Task<Uri> MakeAsync(User user, AccountTokenPurpose purpose, string page, CancellationToken cancellationToken)
    {
        var (row, token) = AccountToken.Issue(user, purpose, tokens.Value.LifetimeFor(purpose), clock.GetUtcNow());
        db.AccountTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return new Uri(mail.Value.WebAddress!, $"{page}?token={token}");
    }
}
