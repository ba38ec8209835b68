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
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(token => CreateAsync(request, hostId, listing, token), cancellationToken);
            }
            catch (DbUpdateException exception) when (Slug.IsTaken(exception) && attempt < Slugs.Attempts)
            {
                // Somebody took it a moment ago. The next look finds it taken.
            }
        }
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

        var draft = listing.ToDraft(Guid.CreateVersion7(now), hostId, await db.FreeSlugAsync(listing, except: null, cancellationToken), now);
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
    /// <summary>How often it is tried to save one that was free when it was looked for.</summary>
    public const int Attempts = 5;

    /// <summary>A slug for what a host says, which no listing has at this moment. Whether it is still so when it is saved, the constraint decides.</summary>
    /// <param name="except">The listing that it is for, whose own slug is no obstacle.</param>
    public static async Task<string> FreeSlugAsync(this TravelDbContext db, ListingRequest listing, Guid? except, CancellationToken cancellationToken)
    {
        var slug = Slug.Of(listing.Title, listing.Type, listing.City);
        return await db.Listings.AnyAsync(other => other.Slug == slug && other.Id != except, cancellationToken) ? Slug.Another(slug) : slug;
    }
}
