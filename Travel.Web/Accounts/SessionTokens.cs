using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Travel.Contracts.Accounts;

namespace Travel.Web.Accounts;

/// <summary>The Api's tokens inside a session's ticket. They never leave the server: the cookie carries the ticket's key only.</summary>
internal static class SessionTokens
{
    private const string ExpiresAt = "expires_at";

    /// <summary>Ahead of the expiry, so that a token lasts for the calls of the page it was checked for.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public static void Keep(this AuthenticationProperties ticket, SessionResponse session) =>
        ticket.StoreTokens(
        [
            new() { Name = "access_token", Value = session.AccessToken },
            new() { Name = "refresh_token", Value = session.RefreshToken },
            new() { Name = ExpiresAt, Value = session.AccessTokenExpiresAt.ToString("O", CultureInfo.InvariantCulture) },
        ]);

    public static string? RefreshToken(this AuthenticationProperties ticket) => ticket.GetTokenValue("refresh_token");

    public static bool IsFresh(this AuthenticationProperties ticket, DateTimeOffset now) =>
        DateTimeOffset.TryParse(ticket.GetTokenValue(ExpiresAt), CultureInfo.InvariantCulture, out var expiresAt)
        && now + Ahead < expiresAt;
}
