using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Travel.Domain;

/// <param name="Values">Of <c>$1</c>, <c>$2</c> and so on.</param>
public sealed record SqlStatement(string Text, IReadOnlyList<object> Values)
{
    /// <summary>What is interpolated becomes a value, but for parts of a statement, which become part of it.</summary>
    /// <param name="prefix">Of the values' places.</param>
    internal static SqlStatement Of(FormattableString statement, string prefix = "$")
    {
        List<object> values = [];
        return new SqlStatement(TextOf(statement), values);

        string TextOf(FormattableString part) =>
            string.Format(CultureInfo.InvariantCulture, part.Format, [.. part.GetArguments().Select(argument => PlaceOf(argument))]);

        string PlaceOf(object? argument)
        {
            if (argument is FormattableString part)
            {
                return TextOf(part);
            }

            values.Add(argument ?? DBNull.Value);
            return string.Create(CultureInfo.InvariantCulture, $"{prefix}{values.Count}");
        }
    }
}

/// <summary>
/// Several statements that go to PostgreSQL at once, where each would cost a way there and back. Each sees what is committed when it begins
/// itself: one that comes behind a lock sees what the lock's holder has done.
/// </summary>
public static class RoundTrip
{
    private static readonly SqlStatement PlanForItsValues =
        new(
            """
            SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
                set_config('max_parallel_workers_per_gather', '0', true), set_config('random_page_cost', '1.1', true)
            """,
            []);

    /// <param name="readAsync">The results, one after the other.</param>
    /// <param name="statements">In this order, in the transaction of the context. What is interpolated goes as parameters.</param>
    internal static Task<T> AskAsync<T>(
        this TravelDbContext db, Func<NpgsqlDataReader, Task<T>> readAsync, CancellationToken cancellationToken, params FormattableString[] statements) =>
        db.SendAsync([.. statements.Select(statement => SqlStatement.Of(statement))], readAsync, cancellationToken);

    /// <summary>The same with a query behind them, which EF translates and reads as if it had gone alone.</summary>
    /// <param name="readAsync">The results of the statements; leaves the reader at the one behind them.</param>
    internal static async Task<(TAhead Ahead, TResult Result)> AskAsync<TAhead, TResult>(
        this TravelDbContext db, Func<NpgsqlDataReader, Task<TAhead>> readAsync, Func<Task<TResult>> queryAsync, params FormattableString[] statements)
    {
        TAhead read = default!;
        var ahead = new StatementsAhead(statements, async results => read = await readAsync(results));
        db.Ahead = ahead;
        try
        {
            var result = await queryAsync();
            return ahead.AreRead ? (read, result) : throw new InvalidOperationException("The query went without the statements before it.");
        }
        finally
        {
            db.Ahead = null;
        }
    }

    /// <summary>The same outside of transactions, for what has no other form than SQL: asked again when a broken connection cut it off.</summary>
    public static Task<T> ReadAsync<T>(
        this TravelDbContext db, IReadOnlyList<SqlStatement> statements, Func<NpgsqlDataReader, Task<T>> readAsync, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                await db.Database.OpenConnectionAsync(token);
                try
                {
                    return await db.SendAsync(statements, readAsync, token);
                }
                finally
                {
                    await db.Database.CloseConnectionAsync();
                }
            },
            cancellationToken);

    /// <summary>
    /// The same of one statement whose best plan depends on what is asked for: prepared ones go over to a plan for any values. It is neither compiled nor
    /// divided among processes, which takes longer than what it saves where many search at a time; and what is searched lies in memory.
    /// </summary>
    public static Task<List<T>> SearchAsync<T>(this TravelDbContext db, SqlStatement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        db.ReadAsync(
            [PlanForItsValues, statement],
            async reader =>
            {
                await reader.NextResultAsync(cancellationToken);
                return await reader.RowsAsync(read, cancellationToken);
            },
            cancellationToken);

    /// <summary>All rows of the result at which the reader stands, then steps to the next result.</summary>
    public static async Task<List<T>> RowsAsync<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        return rows;
    }

    private static async Task<T> SendAsync<T>(
        this TravelDbContext db, IReadOnlyList<SqlStatement> statements, Func<NpgsqlDataReader, Task<T>> readAsync, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            command.Parameters.AddRange(statement.Values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
            batch.BatchCommands.Add(command);
        }

        try
        {
            await using var results = await batch.ExecuteReaderAsync(cancellationToken);
            return await readAsync(results);
        }
        catch (PostgresException exception)
        {
            // The interceptor of our commands does not see batches.
            DatabaseClient.ForgetStaleStatements(exception, connection);
            throw;
        }
    }
}
