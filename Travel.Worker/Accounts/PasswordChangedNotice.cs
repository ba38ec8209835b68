using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Accounts;

/// <summary>Tells somebody that their password is another one now: whoever did not do that has to know.</summary>
internal sealed class PasswordChangedNotice(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<PasswordChanged>
{
    public static string Kind => "password-changed";

    public async Task<MailDraft?> DraftAsync(PasswordChanged message, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(found => found.Id == message.UserId && found.ErasedAt == null, cancellationToken);
        return user is null ? null : new MailDraft(user.Id, user.Email, user.DisplayName, BookingId: null, _ =>
            Task.FromResult(LetterOf(user.DisplayName, message.ChangedAt, new Uri(options.Value.WebAddress!, "/forgot-password"), texts)));
    }

    internal static Letter LetterOf(string name, DateTimeOffset changedAt, Uri forgotPassword, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["PasswordChanged.Subject"],
        Greeting = texts["Greeting", name],
        Lead = [texts["PasswordChanged.Lead", changedAt.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.CurrentCulture)], texts["PasswordChanged.NotYou"]],
        Link = new LetterLink(texts["ResetPassword.Link"], forgotPassword),
        Footer = texts["Footer.Account"],
    };
}
