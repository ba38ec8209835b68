using Microsoft.Extensions.Configuration;

namespace Travel.ServiceDefaults.ServiceAddresses;

/// <summary>
/// Sends <c>http://api/…</c> to where the AppHost's <c>WithReference</c> says that service is
/// (<c>services:api:http:0</c>). A host that is not the name of a service goes out unchanged.
/// </summary>
internal sealed class ServiceAddressHandler(IConfiguration configuration) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } uri && configuration[$"services:{uri.Host}:{uri.Scheme}:0"] is { } address)
        {
            var service = new Uri(address);
            request.RequestUri = new UriBuilder(uri) { Scheme = service.Scheme, Host = service.Host, Port = service.Port }.Uri;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
