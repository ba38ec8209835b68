using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Travel.Web.TravelApi;

/// <summary>Tells the Api who is asking: Web by its key, the visitor by address and, signed in, by access token.</summary>
internal sealed class VisitorHeaders(IHttpContextAccessor current, IOptions<WebOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("X-Travel-Web-Key", options.Value.ApiKey);

        if (current.HttpContext is { } context)
        {
            // Set, not appended: what the visitor's browser claims about addresses is not passed on.
            if (context.Connection.RemoteIpAddress is { } address)
            {
                var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", plain.ToString());
            }

            // The Api lists it, shortened, among the visitor's sessions.
            if (context.Request.Headers.UserAgent.ToString() is { Length: > 0 } userAgent)
                request.Headers.TryAddWithoutValidation("User-Agent", userAgent);

            var session = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
            if (session?.GetTokenValue("access_token") is { } accessToken)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
