using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Travel.Api.Limits;

/// <summary>How often somebody may have mail sent without being signed in. Section <c>AccountLimit</c>.</summary>
internal sealed class AccountLimitOptions
{
    public const string Section = "AccountLimit";

    /// <summary>Registrations, and apart from them resets, an hour from one address; 10 by default.</summary>
    [Range(1, 100_000)]
    public int PerAddress { get; set; } = 10;

    /// <summary>The same for one account, whatever address they come from, so that nobody's mailbox is flooded; 10 by default.</summary>
    [Range(1, 100_000)]
    public int PerAccount { get; set; } = 10;
}

/// <summary>Counts registrations and resets by address and by account, whether or not there is one.</summary>
internal sealed class AccountLimit(AttemptCounter attempts, IOptions<AccountLimitOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <returns>Null when the attempt is allowed, else how long to wait.</returns>
    public Task<TimeSpan?> TakeRegistrationAsync(IPAddress? address, string email) => TakeAsync("register", address, email);

    /// <returns>Null when the attempt is allowed, else how long to wait.</returns>
    public Task<TimeSpan?> TakeResetAsync(IPAddress? address, string email) => TakeAsync("reset", address, email);

    private async Task<TimeSpan?> TakeAsync(string what, IPAddress? address, string email) =>
        await attempts.TakeAsync($"{what}:address:{address}", options.Value.PerAddress, Window)
        ?? await attempts.TakeAsync($"{what}:account:{AttemptCounter.AccountOf(email)}", options.Value.PerAccount, Window);
}
