using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;

namespace Travel.Web.Layout;

/// <summary>
/// What the visitor is, as their access token says: for what to show, never for what to allow. The Api judges every call.
/// </summary>
internal static class VisitorRole
{
    public static bool IsHost(HttpContext context) => Is(context, "host");

    public static bool IsOperator(HttpContext context) => Is(context, "operator");

    private static bool Is(HttpContext context, string role) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.GetTokenValue("access_token") is { } token && Has(token, role);

    private static bool Has(string accessToken, string wanted)
    {
        if (accessToken.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
            return false;

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        return claims.RootElement.TryGetProperty("role", out var role) && role.ValueEquals(wanted);
    }
}
