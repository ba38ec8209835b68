using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Travel.Api.Limits;

/// <summary>How often somebody may have mail sent without being signed in. Section <c>AccountLimit</c>.</summary>
internal sealed class AccountLimitOptions
{
    public const string Section = "AccountLimit";

    /// <summary>Registrations, and apart from them mails asked for and new passwords set, an hour from one address; 10 by default.</summary>
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

    /// <param name="visitor">See <see cref="Visitors.VisitorAddresses.VisitorKey"/>.</param>
    /// <returns>Null when the attempt is allowed, else how long to wait.</returns>
    public Task<TimeSpan?> TakeRegistrationAsync(string visitor, string email) => TakeAsync("register", visitor, email);

    /// <summary>Asking for the mail.</summary>
    /// <inheritdoc cref="TakeRegistrationAsync"/>
    public Task<TimeSpan?> TakeResetAsync(string visitor, string email) => TakeAsync("reset", visitor, email);

    /// <summary>Coming with the link, of which nobody knows yet whose it is. Counted apart, so that whoever asked often can still use what came.</summary>
    /// <inheritdoc cref="TakeRegistrationAsync"/>
    public Task<TimeSpan?> TakeNewPasswordAsync(string visitor) => TakeAsync("new-password", visitor);

    private async Task<TimeSpan?> TakeAsync(string what, string visitor, string email) =>
        await TakeAsync(what, visitor)
        ?? await attempts.TakeAsync($"{what}:account:{AttemptCounter.AccountOf(email)}", options.Value.PerAccount, Window);

    private Task<TimeSpan?> TakeAsync(string what, string visitor) => attempts.TakeAsync($"{what}:address:{visitor}", options.Value.PerAddress, Window);
}
