using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Travel.Web.TravelApi;

/// <summary>Tells the Api who is asking: Web by its key, the visitor by address and, signed in, by access token, unless the answer is the same for everybody.</summary>
internal sealed class VisitorHeaders(IHttpContextAccessor current, IOptions<WebOptions> options) : DelegatingHandler
{
    /// <summary>On a request that is not to be known as the visitor's.</summary>
    public static readonly HttpRequestOptionsKey<bool> WithoutSession = new("without session");

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
            if (!request.Options.TryGetValue(WithoutSession, out _) && session?.GetTokenValue("access_token") is { } accessToken)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
