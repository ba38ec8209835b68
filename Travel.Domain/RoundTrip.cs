using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Travel.Domain;

/// <summary>
/// Several statements that go to PostgreSQL at once, where each would cost a way there and back. Each sees what is committed when it begins
/// itself: one that comes behind a lock sees what the lock's holder has done.
/// </summary>
internal static class RoundTrip
{
    /// <param name="readAsync">The results, one after the other.</param>
    /// <param name="statements">In this order, in the transaction of the context. What is interpolated goes as parameters.</param>
    public static async Task<T> AskAsync<T>(
        this TravelDbContext db, Func<NpgsqlDataReader, Task<T>> readAsync, CancellationToken cancellationToken, params FormattableString[] statements)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(CommandOf(statement));
        }

        await using var results = await batch.ExecuteReaderAsync(cancellationToken);
        return await readAsync(results);
    }

    private static NpgsqlBatchCommand CommandOf(FormattableString statement)
    {
        var arguments = statement.GetArguments();
        object[] places = [.. Enumerable.Range(1, arguments.Length).Select(number => string.Create(CultureInfo.InvariantCulture, $"${number}"))];
        var command = new NpgsqlBatchCommand(string.Format(CultureInfo.InvariantCulture, statement.Format, places));
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        }

        return command;
    }
}
