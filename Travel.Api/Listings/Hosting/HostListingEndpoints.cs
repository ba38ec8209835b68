using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Listings.Photos;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Hosting;

/// <summary>Where hosts write: their listings and the prices of them. Every change is under the listing's ETag.</summary>
internal static class HostListingEndpoints
{
    private const string List = "host listings";

    public static void MapHostListings(this IEndpointRouteBuilder api)
    {
        var mine = api.MapGroup("/host/listings").ForHosts();
        mine.MapGet("", FindAsync).WithName("FindHostListings").WithSummary("Your listings, drafts too").AcceptsQuery("limit", "cursor");
        mine.MapGet("/{id:guid}", GetAsync).WithName("GetHostListing").WithSummary("One of your listings").AcceptsQuery().Sends("ETag").Refuses(ProblemTypes.NotFound);

        var listings = api.MapGroup("/listings").ForHosts();
        listings.MapPost("", CreateAsync).WithName("CreateListing").WithSummary("Begin a listing, as a draft").ChecksKey().Shows(ListingExamples.ADraft).Sends("ETag");
        listings.MapPut("/{id:guid}", EditAsync).WithName("EditListing").WithSummary("Say all of a listing anew").ChecksVersion().Sends("ETag");
        listings.MapPost("/{id:guid}/publication", PublishAsync).WithName("PublishListing").WithSummary("Show a listing to guests")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.ListingIncomplete, ProblemTypes.ListingSuspended, ProblemTypes.ChangedMeanwhile).Sends("ETag");
        listings.MapPost("/{id:guid}/archive", ArchiveAsync).WithName("ArchiveListing").WithSummary("Take no new bookings")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.ChangedMeanwhile).Shows(ListingExamples.AnArchivedOne).Sends("ETag");
        listings.MapGet("/{id:guid}/rates", GetRatesAsync).WithName("GetRates").WithSummary("All prices of a listing").AcceptsQuery().Sends("ETag").Refuses(ProblemTypes.NotFound);
        listings.MapPut("/{id:guid}/rates", SetRatesAsync).WithName("SetRates").WithSummary("Set all prices of a listing").ChecksVersion().Sends("ETag");
    }

    public static RouteGroupBuilder ForHosts(this RouteGroupBuilder group)
    {
        group.WithTags("Listings").RequireAuthorization(policy => policy.RequireRole("host"));
        return group;
    }

    public static RouteHandlerBuilder ChecksVersion(this RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(ProblemTypes.Invalid, ProblemTypes.NotFound, ProblemTypes.ChangedMeanwhile, ProblemTypes.PreconditionRequired);

    private static async Task<Results<Ok<Page<HostListingSummary>>, ValidationProblem>> FindAsync(
        int? limit, string? cursor, ClaimsPrincipal host, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var hostId = host.UserId();
        var rows = await db.Listings.AsNoTracking()
            .Where(listing => listing.HostId == hostId && (after == Guid.Empty || listing.Id < after))
            .WithCover()
            .OrderByDescending(listing => listing.Id)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, listing => listing.Id, listing => new HostListingSummary(
            listing.Id, listing.Slug, listing.Status, listing.Title, listing.Type, listing.City, listing.Country,
            listing.PricePerNight, listing.CoverUrl(), listing.Rating, listing.ReviewCount, listing.Suspension())));
    }

    private static async Task<Results<Ok<HostListing>, ProblemHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal host, TravelDbContext db, IOptions<PhotoOptions> photos, HttpContext context, CancellationToken cancellationToken)
    {
        var hostId = host.UserId();
        var listing = await db.Listings.AsNoTracking().Include(found => found.Photos)
            .SingleOrDefaultAsync(found => found.Id == id && found.HostId == hostId, cancellationToken);
        if (listing is null)
        {
            return ListingProblems.Of(new ListingOutcome.NotThere(), context);
        }

        context.Response.GetTypedHeaders().ETag = listing.ETag();
        return TypedResults.Ok(listing.ToHostListing(photos.Value.NeededToPublish));
    }

    private static async Task<Results<Created<HostListing>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        ListingRequest request,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal host,
        CreateListing createListing,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        switch (await createListing.ExecuteAsync(host.UserId(), request, idempotencyKey, cancellationToken))
        {
            case CreateListingOutcome.Created(var listing):
                context.Response.GetTypedHeaders().ETag = ListingETag.Of(listing.Id, version: 1);
                return TypedResults.Created($"/api/v1/host/listings/{listing.Id}", listing);
            case CreateListingOutcome.Invalid(var errors):
                return Problems.Invalid(errors);
            case CreateListingOutcome.KeyUsedForAnotherRequest:
                return IdempotencyKeys.UsedForAnotherRequest();
            case CreateListingOutcome.InFlight:
                return IdempotencyKeys.InFlight(context);
            case var outcome:
                throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}.");
        }
    }

    private static async Task<Results<Ok<HostListing>, ProblemHttpResult>> EditAsync(
        Guid id, ListingRequest request, ClaimsPrincipal host, EditListing editListing, IOptions<PhotoOptions> photos, HttpContext context, CancellationToken cancellationToken) =>
        IfMatch(context) is { Count: > 0 } seen
            ? Answer(await editListing.ExecuteAsync(host.UserId(), id, seen, request, cancellationToken), photos, context)
            : ListingProblems.VersionMissing();

    private static async Task<Results<Ok<HostListing>, ProblemHttpResult>> PublishAsync(
        Guid id, ClaimsPrincipal host, PublishListing publishListing, IOptions<PhotoOptions> photos, HttpContext context, CancellationToken cancellationToken) =>
        Answer(await publishListing.PublishAsync(host.UserId(), id, cancellationToken), photos, context);

    private static async Task<Results<Ok<HostListing>, ProblemHttpResult>> ArchiveAsync(
        Guid id, ClaimsPrincipal host, PublishListing publishListing, IOptions<PhotoOptions> photos, HttpContext context, CancellationToken cancellationToken) =>
        Answer(await publishListing.ArchiveAsync(host.UserId(), id, cancellationToken), photos, context);

    private static async Task<Results<Ok<Rates>, ProblemHttpResult>> GetRatesAsync(
        Guid id, ClaimsPrincipal host, TravelDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.AsNoTracking().WithRates().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (ChangeListing.RefusalTo(host.UserId(), listing) is { } refusal)
        {
            return ListingProblems.Of(refusal, context);
        }

        context.Response.GetTypedHeaders().ETag = listing!.ETag();
        return TypedResults.Ok(listing!.ToRates());
    }

    private static async Task<Results<Ok<Rates>, ProblemHttpResult>> SetRatesAsync(
        Guid id, Rates rates, ClaimsPrincipal host, SetRates setRates, HttpContext context, CancellationToken cancellationToken)
    {
        if (IfMatch(context) is not { Count: > 0 } seen)
        {
            return ListingProblems.VersionMissing();
        }

        var outcome = await setRates.ExecuteAsync(host.UserId(), id, seen, rates, cancellationToken);
        if (outcome is not ListingOutcome.Changed(var listing))
        {
            return ListingProblems.Of(outcome, context);
        }

        context.Response.GetTypedHeaders().ETag = listing.ETag();
        return TypedResults.Ok(listing.ToRates());
    }

    public static IList<EntityTagHeaderValue> IfMatch(HttpContext context) => context.Request.GetTypedHeaders().IfMatch;

    public static Results<Ok<HostListing>, ProblemHttpResult> Answer(ListingOutcome outcome, IOptions<PhotoOptions> photos, HttpContext context)
    {
        if (outcome is not ListingOutcome.Changed(var listing))
        {
            return ListingProblems.Of(outcome, context);
        }

        context.Response.GetTypedHeaders().ETag = listing.ETag();
        return TypedResults.Ok(listing.ToHostListing(photos.Value.NeededToPublish));
    }
}
