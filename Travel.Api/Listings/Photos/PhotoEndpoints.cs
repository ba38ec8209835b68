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
using Travel.Api.Listings.Hosting;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Photos;

internal static class PhotoEndpoints
{
    public static void AddPhotos(this IServiceCollection services)
    {
        services.AddScoped<AddPhoto>();
        services.AddScoped<ArrangePhotos>();
        services.AddScoped<RemovePhoto>();
    }

    public static void MapPhotos(this IEndpointRouteBuilder api)
    {
        api.MapGet("/photos/{id:guid}", GetAsync).WithTags("Listings").WithName("GetPhoto").WithSummary("A picture")
            .AcceptsQuery().Refuses(ProblemTypes.NotFound, ProblemTypes.PreconditionFailed)
            .Produces<Stream>(StatusCodes.Status200OK, "image/jpeg", "image/png", "image/webp")
            .Produces(StatusCodes.Status304NotModified).Sends("ETag");

        var photos = api.MapGroup("/listings/{id:guid}/photos").ForHosts();
        photos.MapPost("", AddAsync).WithName("AddPhoto").WithSummary("Add a photo: one file, and a caption")
            .Accepts<PhotoForm>("multipart/form-data").ChecksKey().Refuses(ProblemTypes.NotFound, ProblemTypes.TooManyPhotos);
        photos.MapPut("", ArrangeAsync).WithName("ArrangePhotos").WithSummary("Order and captions of all photos").ChecksVersion().Sends("ETag");
        photos.MapDelete("/{photoId:guid}", RemoveAsync).WithName("RemovePhoto").WithSummary("Remove a photo")
            .Refuses(ProblemTypes.Invalid, ProblemTypes.NotFound);
    }

    /// <summary>What is stored under an id never changes, so whoever has it need not ask again; and it is a picture, whatever is in it.</summary>
    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetAsync(
        Guid id, TravelDbContext db, IPhotoStore store, HttpContext context, CancellationToken cancellationToken)
    {
        var mediaType = await db.Photos.Where(photo => photo.Id == id).Select(photo => photo.MediaType).SingleOrDefaultAsync(cancellationToken);
        if (mediaType is null || store.Open(id) is not { } picture)
        {
            return Problems.NotFound("There is no such photo.");
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Stream(picture, mediaType, entityTag: new EntityTagHeaderValue($"\"{id:N}\""));
    }

    private static async Task<Results<Created<ListingPhoto>, ValidationProblem, ProblemHttpResult>> AddAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal host,
        AddPhoto addPhoto,
        TravelDbContext db,
        IOptions<PhotoOptions> options,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        // Before megabytes are read and stored for nothing. Whether it is still so is asked again under the listing's lock.
        var listing = await db.Listings.AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (ChangeListing.RefusalTo(host.UserId(), listing) is { } refusal)
        {
            return ListingProblems.Of(refusal, context);
        }

        var upload = await PhotoUpload.ReadAsync(context, options.Value.MaxSizeBytes, cancellationToken);
        if (upload.Problem is { } problem)
        {
            return problem;
        }

        var outcome = await addPhoto.ExecuteAsync(host.UserId(), id, upload.File, upload.Caption, idempotencyKey, cancellationToken);
        return outcome is ListingOutcome.PhotoAdded(var photo) ? TypedResults.Created(photo.Url, photo) : ListingProblems.Of(outcome, context);
    }

    private static async Task<Results<Ok<HostListing>, ProblemHttpResult>> ArrangeAsync(
        Guid id, PhotoArrangement arrangement, ClaimsPrincipal host, ArrangePhotos arrange, IOptions<PhotoOptions> options, HttpContext context, CancellationToken cancellationToken) =>
        HostListingEndpoints.IfMatch(context) is { Count: > 0 } seen
            ? HostListingEndpoints.Answer(await arrange.ExecuteAsync(host.UserId(), id, seen, arrangement, cancellationToken), options, context)
            : ListingProblems.VersionMissing();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, Guid photoId, ClaimsPrincipal host, RemovePhoto remove, HttpContext context, CancellationToken cancellationToken)
    {
        var outcome = await remove.ExecuteAsync(host.UserId(), id, photoId, cancellationToken);
        return outcome is ListingOutcome.Changed ? TypedResults.NoContent() : ListingProblems.Of(outcome, context);
    }
}
