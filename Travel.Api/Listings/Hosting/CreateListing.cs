using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Hosting;

/// <summary>A host begins a listing: a draft that nobody else sees.</summary>
internal sealed class CreateListing(TravelDbContext db, IOptions<PhotoOptions> photos, TimeProvider clock)
{
    public async Task<CreateListingOutcome> ExecuteAsync(Guid hostId, ListingRequest listing, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (ListingRules.ErrorsOf(listing) is { Count: > 0 } errors)
        {
            return new CreateListingOutcome.Invalid(errors);
        }

        var request = IdempotentRequest.Of(hostId, idempotencyKey, nameof(CreateListing), listing);
        return await db.InTransactionAsync(token => CreateAsync(request, hostId, listing, token), cancellationToken);
    }

    private async Task<CreateListingOutcome> CreateAsync(IdempotentRequest request, Guid hostId, ListingRequest listing, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        switch (await request.TakeAsync(db, now, cancellationToken))
        {
            case KeyState.InFlight: return new CreateListingOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new CreateListingOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new CreateListingOutcome.Created(answered.As<HostListing>());
        }

        var draft = listing.ToDraft(Guid.CreateVersion7(now), hostId, await db.TakeSlugAsync(listing.Title, except: null, cancellationToken), now);
        var answer = draft.ToHostListing(photos.Value.NeededToPublish);
        db.Listings.Add(draft);
        db.IdempotencyKeys.Add(request.Answer(answer, now));
        await db.SaveChangesAsync(cancellationToken);
        return new CreateListingOutcome.Created(answer);
    }
}

internal abstract record CreateListingOutcome
{
    private CreateListingOutcome()
    {
    }

    public sealed record Created(HostListing Listing) : CreateListingOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : CreateListingOutcome;

    public sealed record InFlight : CreateListingOutcome;

    public sealed record KeyUsedForAnotherRequest : CreateListingOutcome;
}

internal static class Slugs
{
    /// <summary>
    /// A slug of this title that no listing has. Whoever wants one of the same title waits until this transaction ends, so that it stays free.
    /// </summary>
    /// <param name="except">The listing that it is for, whose own slug is no obstacle.</param>
    public static async Task<string> TakeSlugAsync(this TravelDbContext db, string title, Guid? except, CancellationToken cancellationToken)
    {
        var slug = Slug.Of(title);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('slug:' || {slug}, 0))", cancellationToken);
        var taken = await db.Listings
            .Where(listing => listing.Id != except && (listing.Slug == slug || listing.Slug.StartsWith(slug + "-")))
            .Select(listing => listing.Slug)
            .ToListAsync(cancellationToken);
        return Slug.FreeOf(slug, taken.ToHashSet(StringComparer.Ordinal));
    }
}
