using Microsoft.EntityFrameworkCore;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Travel.Domain;

public static class DatabaseRetries
{
    /// <summary>
    /// Tries again what a broken connection cut off: soon and not for long. A person waits behind each attempt, and after about two
    /// seconds "not available right now" is the better answer.
    /// </summary>
    public static void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(UseRetries);

    private static void UseRetries(NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.EnableRetryOnFailure(maxRetryCount: 3, maxRetryDelay: TimeSpan.FromMilliseconds(700), errorCodesToAdd: null);
}
