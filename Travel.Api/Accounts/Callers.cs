using System.Security.Claims;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;

namespace Travel.Api.Accounts;

/// <summary>Who calls, as the access token says.</summary>
internal static class Callers
{
    /// <summary>The signed-in person. The bearer handler maps the token's <c>sub</c> to this claim.</summary>
    public static Guid UserId(this ClaimsPrincipal principal) => Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);

    /// <summary>The session the token belongs to; null for one from before tokens said so. Bearer handlers differ in what they call it.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue("sid") ?? principal.FindFirstValue(ClaimTypes.Sid), out var id) ? id : null;

    public static Caller Caller(this ClaimsPrincipal principal) => new(principal.UserId(), principal.IsInRole(RoleNames.Of(Role.Operator)));
}
