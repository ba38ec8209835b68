using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Tells a host that guests do not see a place any more, and why; unless that is lifted by now.</summary>
internal sealed class SuspensionNotice(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<ListingSuspended>
{
    public static string Kind => "listing-suspended";

    public async Task<MailDraft?> DraftAsync(ListingSuspended message, CancellationToken cancellationToken) =>
        await db.Listings.WithHostAsync(message.ListingId, cancellationToken) is { SuspensionReason: { } reason } listing
            ? listing.DraftTo(host => LetterOf(host, listing.Title, reason, ListingLetters.PageOf(listing.Id, options.Value.WebAddress!), texts))
            : null;

    internal static Letter LetterOf(string name, string title, string reason, Uri page, IStringLocalizer<MailTexts> texts) =>
        ListingLetters.Of("ListingSuspended", name, title, page, texts) with { Closing = [texts["Reason", reason], texts["ListingSuspended.Stays"]] };
}

/// <summary>Tells a host that a place may be published again; unless it is suspended anew.</summary>
internal sealed class SuspensionLiftedNotice(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<ListingSuspensionLifted>
{
    public static string Kind => "listing-suspension-lifted";

    public async Task<MailDraft?> DraftAsync(ListingSuspensionLifted message, CancellationToken cancellationToken) =>
        await db.Listings.WithHostAsync(message.ListingId, cancellationToken) is { SuspensionReason: null } listing
            ? listing.DraftTo(host => LetterOf(host, listing.Title, ListingLetters.PageOf(listing.Id, options.Value.WebAddress!), texts))
            : null;

    internal static Letter LetterOf(string name, string title, Uri page, IStringLocalizer<MailTexts> texts) =>
        ListingLetters.Of("SuspensionLifted", name, title, page, texts);
}

/// <summary>Letters to a host about a place.</summary>
internal static class ListingLetters
{
    /// <returns>Null when it is gone, or its host is.</returns>
    public static Task<Listing?> WithHostAsync(this IQueryable<Listing> listings, Guid id, CancellationToken cancellationToken) =>
        listings.AsNoTracking().Include(listing => listing.Host).SingleOrDefaultAsync(listing => listing.Id == id && listing.Host!.ErasedAt == null, cancellationToken);

    public static MailDraft DraftTo(this Listing listing, Func<string, Letter> letterTo)
    {
        var host = listing.Host!;
        return new MailDraft(host.Id, host.Email, host.DisplayName, BookingId: null, _ => Task.FromResult(letterTo(host.DisplayName)));
    }

    public static Uri PageOf(Guid listingId, Uri web) => new(web, $"/hosting/listings/{listingId}");

    public static Letter Of(string about, string name, string title, Uri page, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts[about + ".Subject", title],
        Greeting = texts["Greeting", name],
        Lead = [texts[about + ".Lead"]],
        Heading = title,
        Link = new LetterLink(texts["SeePlace"], page),
        Footer = texts["Footer.Host"],
    };
}
