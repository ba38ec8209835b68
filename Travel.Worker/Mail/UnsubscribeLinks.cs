using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Domain;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>How a reader stops subscription mail.</summary>
/// <param name="Page">For the reader: it shows a button.</param>
/// <param name="OneClick">For the reader's mail program, which shows a button of its own.</param>
internal sealed record UnsubscribeLink(LetterLink Page, Uri OneClick);

internal sealed class UnsubscribeLinks(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options)
{
    public async Task<UnsubscribeLink> OfAsync(Guid recipientId, CancellationToken cancellationToken)
    {
        var token = await db.Users.Where(user => user.Id == recipientId).Select(user => user.UnsubscribeToken).SingleAsync(cancellationToken);
        var web = options.Value.WebAddress!;
        return new UnsubscribeLink(PageOf(token, web, texts), new Uri(web, $"/unsubscribe/one-click?token={token:N}"));
    }

    public static LetterLink PageOf(Guid token, Uri web, IStringLocalizer<MailTexts> texts) =>
        new(texts["Unsubscribe"], new Uri(web, $"/unsubscribe?token={token:N}"));
}
