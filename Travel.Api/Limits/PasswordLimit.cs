using Microsoft.Extensions.Options;
using Travel.Api.Accounts;

namespace Travel.Api.Limits;

/// <summary>
/// Counts how often somebody who is signed in gives a password as theirs. Apart from the account's lock, which strangers can cause at
/// any time: it must not keep the owner from changing the password.
/// </summary>
internal sealed class PasswordLimit(AttemptCounter attempts, IOptions<LockOutOptions> options)
{
    /// <returns>Null when the attempt is allowed, else how long to wait.</returns>
    public Task<TimeSpan?> TakeAsync(Guid userId) => attempts.TakeAsync($"password:user:{userId}", options.Value.After, options.Value.Duration);
}
