using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Accounts;

/// <summary>Lets the owner of an address choose a new password.</summary>
internal sealed class PasswordResetLink(
    TravelDbContext db, AccountLinks links, IStringLocalizer<MailTexts> texts, IOptions<AccountTokenOptions> tokens) : IMail<PasswordResetRequested>
{
    public static string Kind => "reset-password";

    public async Task<MailDraft?> DraftAsync(PasswordResetRequested message, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(found => found.Id == message.UserId && found.ErasedAt == null, cancellationToken);
        // Of an address that is not proven the name may be anybody's words.
        var name = user is { EmailConfirmed: true } ? user.DisplayName : null;
        return user is null ? null : new MailDraft(user.Id, user.Email, name ?? "", BookingId: null, async token => LetterOf(
            name, await links.MakeAsync(user, AccountTokenPurpose.ResetPassword, "/reset-password", token), tokens.Value.ResetLifetime, texts));
    }

    internal static Letter LetterOf(string? name, Uri link, TimeSpan lifetime, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["ResetPassword.Subject"],
        Greeting = name is null ? texts["Greeting.Unnamed"] : texts["Greeting", name],
        Lead = [texts["ResetPassword.Lead"]],
        Link = new LetterLink(texts["ResetPassword.Link"], link),
        Closing = [texts["LinkIsGoodFor", LinkLife.InWords(lifetime, texts)]],
        Footer = texts["ResetPassword.Footer"],
    };
}
