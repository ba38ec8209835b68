using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Web.TravelApi;

namespace Travel.Web.Listings.Hosting;

/// <summary>What a host does to their listings. Changes say which version they were made on, by its ETag.</summary>
internal sealed class HostingClient(ApiCall api)
{
    public Task<Reply<Page<HostListingSummary>>> FindAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<HostListingSummary>>(
            ApiCall.Get(cursor is null ? "host/listings" : QueryHelpers.AddQueryString("host/listings", "cursor", cursor)), cancellationToken);

    public Task<Reply<HostListing>> GetAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<HostListing>(ApiCall.Get($"host/listings/{id}"), cancellationToken);

    /// <param name="idempotencyKey">One per form shown: however often it is sent, it is one listing.</param>
    public Task<Reply<HostListing>> CreateAsync(ListingRequest listing, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiCall.Post("listings", listing);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return api.SendAsync<HostListing>(request, cancellationToken);
    }

    public Task<Reply<HostListing>> EditAsync(Guid id, ListingRequest listing, string? etag, CancellationToken cancellationToken) =>
        api.SendAsync<HostListing>(ApiCall.Put($"listings/{id}", listing, etag), cancellationToken);

    public Task<Reply<HostListing>> PublishAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<HostListing>(new HttpRequestMessage(HttpMethod.Post, $"listings/{id}/publication"), cancellationToken);

    public Task<Reply<HostListing>> ArchiveAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<HostListing>(new HttpRequestMessage(HttpMethod.Post, $"listings/{id}/archive"), cancellationToken);

    public Task<Reply<Rates>> RatesAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<Rates>(ApiCall.Get($"listings/{id}/rates"), cancellationToken);

    public Task<Reply<Rates>> SetRatesAsync(Guid id, Rates rates, string? etag, CancellationToken cancellationToken) =>
        api.SendAsync<Rates>(ApiCall.Put($"listings/{id}/rates", rates, etag), cancellationToken);

    /// <param name="idempotencyKey">One per form shown: however often it is sent, it is one photo.</param>
    public async Task<Reply<ListingPhoto>> AddPhotoAsync(Guid id, IFormFile file, string? caption, string idempotencyKey, CancellationToken cancellationToken)
    {
        // Read whole, so that it can be sent again when the connection breaks.
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, cancellationToken);
        var content = new ByteArrayContent(copy.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Post, $"listings/{id}/photos")
        {
            Content = new MultipartFormDataContent { { content, "file", "photo" }, { new StringContent(caption ?? ""), "caption" } },
        };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await api.SendAsync<ListingPhoto>(request, cancellationToken);
    }

    public Task<Reply<HostListing>> ArrangePhotosAsync(Guid id, PhotoArrangement arrangement, string? etag, CancellationToken cancellationToken) =>
        api.SendAsync<HostListing>(ApiCall.Put($"listings/{id}/photos", arrangement, etag), cancellationToken);

    public Task<Reply<HostListing>> RemovePhotoAsync(Guid id, Guid photoId, CancellationToken cancellationToken) =>
        api.SendAsync<HostListing>(new HttpRequestMessage(HttpMethod.Delete, $"listings/{id}/photos/{photoId}"), cancellationToken);
}
