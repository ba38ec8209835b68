using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Travel.Domain;

/// <param name="Values">Of <c>$1</c>, <c>$2</c> and so on.</param>
public sealed record SqlStatement(string Text, IReadOnlyList<object> Values);

/// <summary>Reads that are written in SQL, because what they ask has no other form. They share connections and retries with all else.</summary>
public static class SqlReads
{
    /// <summary>Sends all statements at once: one round trip. Their results come in the same order.</summary>
    public static Task<T> ReadAsync<T>(
        this TravelDbContext db, IReadOnlyList<SqlStatement> statements, Func<NpgsqlDataReader, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                await db.Database.OpenConnectionAsync(token);
                var connection = (NpgsqlConnection)db.Database.GetDbConnection();
                try
                {
                    await using var batch = new NpgsqlBatch(connection);
                    foreach (var statement in statements)
                    {
                        var command = new NpgsqlBatchCommand(statement.Text);
                        command.Parameters.AddRange(statement.Values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
                        batch.BatchCommands.Add(command);
                    }

                    await using var reader = await batch.ExecuteReaderAsync(token);
                    return await readAsync(reader, token);
                }
                catch (PostgresException exception)
                {
                    DatabaseClient.ForgetStaleStatements(exception, connection);
                    throw;
                }
                finally
                {
                    await db.Database.CloseConnectionAsync();
                }
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
}
