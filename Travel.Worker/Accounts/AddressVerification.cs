using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Accounts;

/// <summary>
/// Asks the owner of an address whether the account is theirs. Without the name in it, which somebody else may have written to be read there.
/// </summary>
internal sealed class AddressVerification(
    TravelDbContext db, AccountLinks links, IStringLocalizer<MailTexts> texts, IOptions<AccountTokenOptions> tokens) : IMail<AddressVerificationRequested>
{
    public static string Kind => "verify-address";

    public async Task<MailDraft?> DraftAsync(AddressVerificationRequested message, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(found => found.Id == message.UserId && !found.EmailConfirmed && found.ErasedAt == null, cancellationToken);
        return user is null ? null : new MailDraft(user.Id, user.Email, ToName: "", BookingId: null, async token => LetterOf(
            await links.MakeAsync(user, AccountTokenPurpose.VerifyAddress, "/verify-address", token), tokens.Value.VerificationLifetime, texts));
    }

    internal static Letter LetterOf(Uri link, TimeSpan lifetime, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["VerifyAddress.Subject"],
        Greeting = texts["Greeting.Unnamed"],
        Lead = [texts["VerifyAddress.Lead"]],
        Link = new LetterLink(texts["VerifyAddress.Link"], link),
        Closing = [texts["LinkIsGoodFor", LinkLife.InWords(lifetime, texts)]],
        Footer = texts["VerifyAddress.Footer"],
    };
}
