using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Travel.Domain.Operations;

/// <param name="Rows">Of those that were found, the first.</param>
public sealed record Breach(Invariant Invariant, int Count, IReadOnlyList<string> Rows);

/// <summary>Looks whether what must be true of the data is.</summary>
public sealed partial class CheckInvariants(TravelDbContext db, ILogger<CheckInvariants> logger)
{
    private const int MostRows = 20;

    /// <returns>None, unless something is broken.</returns>
    public Task<IReadOnlyList<Breach>> ExecuteAsync(CancellationToken cancellationToken) => db.Database.CreateExecutionStrategy().ExecuteAsync(
        async token =>
        {
            // One moment for all: between two statements money moves.
            await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);
            List<Breach> breaches = [];
            foreach (var invariant in Invariants.All)
            {
                var rows = await db.Database.SqlQueryRaw<string>(QueryOf(invariant)).ToListAsync(token);
                if (rows.Count > 0)
                {
                    Log.Broken(logger, invariant.Number, invariant.Rule, rows.Count);
                    breaches.Add(new Breach(invariant, rows.Count, [.. rows.Take(MostRows)]));
                }
            }

            return (IReadOnlyList<Breach>)breaches;
        },
        cancellationToken);

    /// <returns>How many rules hold: all of them.</returns>
    /// <exception cref="InvariantsBrokenException">Some do not.</exception>
    public async Task<int> RequireAsync(CancellationToken cancellationToken) =>
        await ExecuteAsync(cancellationToken) is { Count: > 0 } breaches ? throw new InvariantsBrokenException(breaches) : Invariants.All.Count;

    /// <summary>In raw SQL braces stand for parameters, of which there are none.</summary>
    private static string QueryOf(Invariant invariant) =>
        $"SELECT breach AS \"Value\" FROM ({invariant.Sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}) found";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "Invariant {Number} is broken in {Rows} rows: {Rule}")]
        public static partial void Broken(ILogger logger, int number, string rule, int rows);
    }
}

/// <summary>Data is as it must never be: somebody has to look, at once.</summary>
public sealed class InvariantsBrokenException(IReadOnlyList<Breach> breaches)
    : Exception(string.Join(" ", breaches.Select(breach => $"{breach.Invariant.Rule} Broken in {breach.Count}.")));
