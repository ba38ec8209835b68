using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts.Payments;
using Travel.Web.TravelApi;

namespace Travel.Web.Payments;

internal sealed class EarningsClient(ApiCall api)
{
    /// <param name="from">As somebody typed it; the Api says what is wrong with it. The same with <paramref name="to"/>.</param>
    public Task<Reply<EarningsResponse>> FindAsync(string? from, string? to, CancellationToken cancellationToken) =>
        api.SendAsync<EarningsResponse>(ApiCall.Get(Address("host/earnings", from, to)), cancellationToken);

    /// <returns>Null when there is no answer to be had.</returns>
    public Task<HttpResponseMessage?> OpenFileAsync(string? from, string? to, CancellationToken cancellationToken) =>
        api.OpenAsync(ApiCall.Get(Address("host/earnings.csv", from, to)), cancellationToken);

    /// <param name="path">Of the Api or of this site: both know the same two parameters.</param>
    public static string Address(string path, string? from, string? to) => QueryHelpers.AddQueryString(
        path, new[] { KeyValuePair.Create("from", from), KeyValuePair.Create("to", to) }.Where(part => !string.IsNullOrEmpty(part.Value)));
}
