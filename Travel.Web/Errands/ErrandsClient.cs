using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts;
using Travel.Contracts.Errands;
using Travel.Web.TravelApi;

namespace Travel.Web.Errands;

internal sealed class ErrandsClient(ApiCall api)
{
    private const string Errands = "operations/errands";

    /// <param name="cursor">Of the page to come after; null for the first.</param>
    public Task<Reply<Page<ErrandResponse>>> ListAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<ErrandResponse>>(
            ApiCall.Get(string.IsNullOrEmpty(cursor) ? Errands : QueryHelpers.AddQueryString(Errands, "cursor", cursor)), cancellationToken);

    /// <param name="idempotencyKey">One per form shown: however often the form is sent, it is one errand.</param>
    public Task<Reply<ErrandResponse>> RequestAsync(RequestErrandRequest errand, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiCall.Post(Errands, errand);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return api.SendAsync<ErrandResponse>(request, cancellationToken);
    }

    public Task<Reply<ErrandResponse>> CancelAsync(Guid errand, CancellationToken cancellationToken) =>
        api.SendAsync<ErrandResponse>(new HttpRequestMessage(HttpMethod.Post, $"{Errands}/{errand}/cancellation"), cancellationToken);

    /// <returns>Null when there is no answer to be had.</returns>
    public Task<HttpResponseMessage?> OpenFileAsync(Guid errand, CancellationToken cancellationToken) =>
        api.OpenAsync(ApiCall.Get($"{Errands}/{errand}/file"), cancellationToken);
}
