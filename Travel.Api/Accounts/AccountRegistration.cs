using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;

namespace Travel.Api.Accounts;

internal static class AccountRegistration
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<AccessTokenOptions>().BindConfiguration(AccessTokenOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddScoped<SignIn>();
        services.AddScoped<RefreshSession>();
        services.AddAuthorization();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AccessTokenOptions>>((bearer, tokens) => bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = AccessTokenOptions.Issuer,
                ValidAudience = AccessTokenOptions.Issuer,
                IssuerSigningKey = tokens.Value.Key,
                ClockSkew = TimeSpan.FromSeconds(30),
            });
    }

    /// <summary>The signed-in person. The bearer handler maps the token's <c>sub</c> to this claim.</summary>
    public static Guid UserId(this ClaimsPrincipal principal) => Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static Caller Caller(this ClaimsPrincipal principal) => new(principal.UserId(), principal.IsInRole(RoleNames.Of(Role.Operator)));
}
