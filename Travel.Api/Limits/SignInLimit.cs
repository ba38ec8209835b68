using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Travel.Api.Limits;

/// <summary>How often somebody may try to sign in. Section <c>SignInLimit</c>.</summary>
internal sealed class SignInLimitOptions
{
    public const string Section = "SignInLimit";

    /// <summary>Attempts a minute from one address; 20 by default.</summary>
    [Range(1, 100_000)]
    public int PerAddress { get; set; } = 20;

    /// <summary>Attempts a minute for one account, whatever address they come from; 10 by default.</summary>
    [Range(1, 100_000)]
    public int PerAccount { get; set; } = 10;
}

/// <summary>Counts attempts to sign in by address and by account.</summary>
internal sealed class SignInLimit(AttemptCounter attempts, IOptions<SignInLimitOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <param name="visitor">See <see cref="Visitors.VisitorAddresses.VisitorKey"/>.</param>
    /// <returns>Null when the attempt is allowed, else how long to wait.</returns>
    public async Task<TimeSpan?> TakeAsync(string visitor, string email) =>
        await attempts.TakeAsync($"sign-in:address:{visitor}", options.Value.PerAddress, Window)
        ?? await attempts.TakeAsync($"sign-in:account:{AttemptCounter.AccountOf(email)}", options.Value.PerAccount, Window);
}

internal static class SignInLimitRegistration
{
    public static void AddSignInLimits(this IServiceCollection services)
    {
        services.AddOptions<SignInLimitOptions>().BindConfiguration(SignInLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AttemptCounter>();
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<PasswordLimit>();
        services.AddOptions<AccountLimitOptions>().BindConfiguration(AccountLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccountLimit>();
    }
}
