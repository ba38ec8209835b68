using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Web.Listings;
using Travel.Web.TravelApi;

namespace Travel.Web.Availability;

internal sealed class AvailabilityClient(ApiCall api)
{
    public Task<Reply<AvailabilityResponse>> TakenAsync(Guid listingId, NightRange nights, CancellationToken cancellationToken) =>
        api.SendAsync<AvailabilityResponse>(ApiCall.GetPublic($"listings/{listingId}/availability?{Query(nights)}"), cancellationToken);

    public Task<Reply<HostCalendar>> HostCalendarAsync(Guid listingId, NightRange? nights, CancellationToken cancellationToken) =>
        api.SendAsync<HostCalendar>(ApiCall.Get($"listings/{listingId}/calendar{(nights is null ? "" : "?" + Query(nights))}"), cancellationToken);

    /// <summary>All that are not over: each has a night of its own, so they are a few pages at most.</summary>
    /// <returns>Null when they cannot be had right now.</returns>
    public async Task<List<BlockResponse>?> BlocksAsync(Guid listingId, CancellationToken cancellationToken)
    {
        List<BlockResponse> blocks = [];
        for (string? cursor = null; ;)
        {
            var after = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            if ((await api.SendAsync<Page<BlockResponse>>(ApiCall.Get($"listings/{listingId}/blocks?limit=100{after}"), cancellationToken)).Value is not { } page)
            {
                return null;
            }

            blocks.AddRange(page.Items);
            if ((cursor = page.Next) is null)
            {
                return blocks;
            }
        }
    }

    /// <param name="idempotencyKey">One per form shown: however often it is sent, it is one block.</param>
    public Task<Reply<BlockResponse>> BlockAsync(Guid listingId, BlockNightsRequest nights, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiCall.Post($"listings/{listingId}/blocks", nights);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return api.SendAsync<BlockResponse>(request, cancellationToken);
    }

    public Task<Reply<object>> OpenAsync(Guid listingId, Guid blockId, CancellationToken cancellationToken) =>
        api.SendAsync<object>(new HttpRequestMessage(HttpMethod.Delete, $"listings/{listingId}/blocks/{blockId}"), cancellationToken);

    public Task<Reply<Page<ImportResponse>>> ImportsAsync(Guid listingId, CancellationToken cancellationToken) =>
        api.SendAsync<Page<ImportResponse>>(ApiCall.Get($"listings/{listingId}/imports"), cancellationToken);

    public Task<Reply<Page<ImportResponse>>> ReplaceImportsAsync(Guid listingId, IEnumerable<ImportRequest> imports, CancellationToken cancellationToken) =>
        api.SendAsync<Page<ImportResponse>>(
            new HttpRequestMessage(HttpMethod.Put, $"listings/{listingId}/imports") { Content = JsonContent.Create(imports.ToList(), options: TravelJson.Options) },
            cancellationToken);

    public Task<Reply<ImportResponse>> RefreshAsync(Guid listingId, Guid importId, CancellationToken cancellationToken) =>
        api.SendAsync<ImportResponse>(new HttpRequestMessage(HttpMethod.Post, $"listings/{listingId}/imports/{importId}/refresh"), cancellationToken);

    public Task<Reply<CalendarTokenResponse>> IssueLinkAsync(Guid listingId, CancellationToken cancellationToken) =>
        api.SendAsync<CalendarTokenResponse>(new HttpRequestMessage(HttpMethod.Put, $"listings/{listingId}/calendar-token"), cancellationToken);

    public Task<Reply<object>> RevokeLinkAsync(Guid listingId, CancellationToken cancellationToken) =>
        api.SendAsync<object>(new HttpRequestMessage(HttpMethod.Delete, $"listings/{listingId}/calendar-token"), cancellationToken);

    private static string Query(NightRange nights) => $"from={Words.Iso(nights.From)}&to={Words.Iso(nights.To)}";
}
