using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Accounts;

/// <summary>Invites back a guest who has not booked for a year; unless they have by now.</summary>
internal sealed class InvitationBack(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<GuestMissed>
{
    public static string Kind => "guest-missed";

    public static bool IsSubscription => true;

    public async Task<MailDraft?> DraftAsync(GuestMissed message, CancellationToken cancellationToken)
    {
        if (!await InactiveGuests.IsOneAsync(db, message.GuestId, message.Since, cancellationToken))
        {
            return null;
        }

        var guest = await db.Users.AsNoTracking().SingleAsync(user => user.Id == message.GuestId, cancellationToken);
        return new MailDraft(guest.Id, guest.Email, guest.DisplayName, BookingId: null, _ =>
            Task.FromResult(LetterOf(guest.DisplayName, new Uri(options.Value.WebAddress!, "/stays"), texts)));
    }

    internal static Letter LetterOf(string name, Uri stays, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["GuestMissed.Subject"],
        Greeting = texts["Greeting", name],
        Lead = [texts["GuestMissed.Lead"], texts["GuestMissed.Account"]],
        Link = new LetterLink(texts["FindStay"], stays),
        Footer = texts["Footer.Account"],
    };
}
