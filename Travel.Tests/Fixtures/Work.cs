using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Travel.Domain.Accounts;

namespace Travel.Tests.Fixtures;

/// <summary>What is asked of the database, in order.</summary>
internal sealed class Statements : DbCommandInterceptor
{
    public List<string> Seen { get; } = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Seen.Add(command.CommandText);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Seen.Add(command.CommandText);
        return new(result);
    }
}

/// <summary>Counts how often a password is hashed, which is where the time goes.</summary>
/// <param name="meanwhile">What happens in that time.</param>
internal sealed class CountingHasher(Action? meanwhile = null) : IPasswordHasher<User>
{
    private readonly PasswordHasher<User> hasher = new();

    public int Hashes { get; private set; }

    public string HashPassword(User user, string password)
    {
        Hashes++;
        return hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        Hashes++;
        meanwhile?.Invoke();
        return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
