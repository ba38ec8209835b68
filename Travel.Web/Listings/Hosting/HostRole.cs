using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;

namespace Travel.Web.Listings.Hosting;

/// <summary>
/// Whether the visitor is a host, as their access token says: for what to show, never for what to allow. The Api judges every call.
/// </summary>
internal static class HostRole
{
    public static bool Has(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.GetTokenValue("access_token") is { } token && IsIn(token);

    private static bool IsIn(string accessToken)
    {
        if (accessToken.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
            return false;

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        return claims.RootElement.TryGetProperty("role", out var role) && role.ValueEquals("host");
    }
}
