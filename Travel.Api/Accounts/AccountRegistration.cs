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
        services.AddOptions<LockOutOptions>().BindConfiguration(LockOutOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<SignIn>();
        services.AddScoped<RefreshSession>();
        services.AddScoped<RegisterAccount>();
        services.AddScoped<VerifyAddress>();
        services.AddScoped<ResetPassword>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<UpdateProfile>();
        services.AddScoped<ExportAccount>();
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
}
