using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Travel.Tests.Fixtures;

/// <summary>A database that carries out no command for a while.</summary>
/// <param name="times">How often it is asked in vain.</param>
/// <param name="carriesOut">It does carry them out, and the connection breaks before it says so.</param>
internal sealed class DatabaseAway(int times, bool carriesOut = false) : DbCommandInterceptor
{
    public int Asked { get; private set; }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ++Asked <= times && !carriesOut ? throw new NpgsqlException("The database is away.") : ValueTask.FromResult(result);

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        Asked <= times ? throw new NpgsqlException("The connection broke.") : ValueTask.FromResult(result);
}
