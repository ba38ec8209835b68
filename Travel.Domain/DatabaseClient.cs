using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Travel.Domain;

/// <summary>How our services speak to PostgreSQL.</summary>
public static class DatabaseClient
{
    /// <summary>As many statements as all use cases together have, and some.</summary>
    private const int PreparedStatements = 500;

    /// <summary>
    /// Has the server parse and plan each statement a few times and not for each request: most of what a statement of ours costs is its plan.
    /// Where the connection string says something itself, that stays: a pooler between may not keep statements.
    /// </summary>
    public static string? Prepared(string? connectionString)
    {
        if (connectionString is null)
        {
            return null;
        }

        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (!connection.ShouldSerialize("Max Auto Prepare"))
        {
            connection.MaxAutoPrepare = PreparedStatements;
        }

        if (!connection.ShouldSerialize("No Reset On Close"))
        {
            // Nobody leaves anything behind on a connection: settings and locks are those of a transaction.
            connection.NoResetOnClose = true;
        }

        return connection.ConnectionString;
    }

    /// <summary>
    /// Tries again what a broken connection cut off: soon and not for long. A person waits behind each attempt, and after about two
    /// seconds "not available right now" is the better answer.
    /// </summary>
    public static void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(UseRetries).AddInterceptors(new StaleStatements(), new StatementsAhead.Interceptor());

    private static void UseRetries(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.EnableRetryOnFailure(
        maxRetryCount: 3,
        maxRetryDelay: TimeSpan.FromMilliseconds(700),
        errorCodesToAdd: [StaleStatements.ErrorCode]);

    /// <summary>
    /// A statement that was prepared before a migration added a column to its table is refused once on every connection. All of them are given up
    /// after the first refusal, so that the next attempt has a new one.
    /// </summary>
    internal static void ForgetStaleStatements(Exception exception, DbConnection? connection)
    {
        if (exception is PostgresException { SqlState: StaleStatements.ErrorCode } && connection is NpgsqlConnection stale)
        {
            NpgsqlConnection.ClearPool(stale);
        }
    }

    private sealed class StaleStatements : DbCommandInterceptor
    {
        public const string ErrorCode = PostgresErrorCodes.FeatureNotSupported;

        public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            ForgetStaleStatements(eventData.Exception, command.Connection);
            return Task.CompletedTask;
        }
    }
}
