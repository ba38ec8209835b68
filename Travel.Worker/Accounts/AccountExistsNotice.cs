using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Accounts;

/// <summary>Tells the owner of an address, instead of whoever typed it in, that it has an account already.</summary>
internal sealed class AccountExistsNotice(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<AccountRegisteredAgain>
{
    public static string Kind => "account-exists";

    public async Task<MailDraft?> DraftAsync(AccountRegisteredAgain message, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(found => found.Id == message.UserId && found.ErasedAt == null, cancellationToken);
        return user is null ? null : new MailDraft(user.Id, user.Email, user.DisplayName, BookingId: null, _ =>
            Task.FromResult(LetterOf(user.DisplayName, new Uri(options.Value.WebAddress!, "/sign-in"), texts)));
    }

    internal static Letter LetterOf(string name, Uri signIn, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["AccountExists.Subject"],
        Greeting = texts["Greeting", name],
        Lead = [texts["AccountExists.Lead"], texts["AccountExists.Forgotten"]],
        Link = new LetterLink(texts["SignIn"], signIn),
        Footer = texts["AccountExists.Footer"],
    };
}
