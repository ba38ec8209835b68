using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>The tokens that say who calls. Section <c>AccessTokens</c>.</summary>
internal sealed class AccessTokenOptions
{
    public const string Section = "AccessTokens";
    public const string Issuer = "travel";

    /// <summary>Secret that signs access tokens (HMAC-SHA256): at least 32 characters. Required.</summary>
    [Required, MinLength(32)]
    public string SigningKey { get; set; } = "";

    /// <summary>How long an access token is good for; it cannot be taken back before. Ten minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a refresh token is good for, so how long somebody may stay away signed in. Fourteen days by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(14);

    public SymmetricSecurityKey Key => new(Encoding.UTF8.GetBytes(SigningKey));
}

internal sealed class AccessTokens(IOptions<AccessTokenOptions> options, TimeProvider clock)
{
    private readonly JsonWebTokenHandler handler = new();

    /// <param name="sessionId">The session it belongs to; carried as <c>sid</c>.</param>
    public (string Token, DateTimeOffset ExpiresAt) Issue(User user, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        var expiresAt = now + options.Value.Lifetime;
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = AccessTokenOptions.Issuer,
            Audience = AccessTokenOptions.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Subject = new ClaimsIdentity(
                [new Claim("sub", user.Id.ToString()), new Claim("sid", sessionId.ToString()), new Claim("role", RoleNames.Of(user.Role))]),
            SigningCredentials = new SigningCredentials(options.Value.Key, SecurityAlgorithms.HmacSha256),
        });
        return (token, expiresAt);
    }
}

internal static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Guest => "guest",
        Role.Host => "host",
        Role.Operator => "operator",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static AccountRole ToContract(this Role role) => role switch
    {
        Role.Guest => AccountRole.Guest,
        Role.Host => AccountRole.Host,
        Role.Operator => AccountRole.Operator,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
