using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Travel.Tests.Fixtures;

/// <summary>A database that begins no transaction for a while.</summary>
/// <param name="times">How often it is asked in vain.</param>
internal sealed class DatabaseAway(int times) : DbTransactionInterceptor
{
    public int Asked { get; private set; }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        ++Asked <= times ? throw new NpgsqlException("The database is away.") : ValueTask.FromResult(result);
}
