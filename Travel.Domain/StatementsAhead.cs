using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Travel.Domain;

/// <summary>Statements that go to PostgreSQL before the next query of a context, on the same way.</summary>
/// <param name="readAsync">Their results; leaves the reader at that of the query.</param>
internal sealed class StatementsAhead(IReadOnlyList<FormattableString> statements, Func<NpgsqlDataReader, Task> readAsync)
{
    private bool areSent;

    public bool AreRead { get; private set; }

    private void GoBefore(DbCommand query)
    {
        if (areSent)
        {
            throw new InvalidOperationException("They have gone before another query: this one is in several parts.");
        }

        areSent = true;
        List<string> texts = [];
        foreach (var statement in statements)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"@ahead{texts.Count}_");
            var (text, values) = SqlStatement.Of(statement, prefix);
            texts.Add(text);
            for (var index = 0; index < values.Count; index++)
            {
                query.Parameters.Add(new NpgsqlParameter(string.Create(CultureInfo.InvariantCulture, $"{prefix}{index + 1}"), values[index]));
            }
        }

        query.CommandText = string.Join(";\n", [.. texts, query.CommandText]);
    }

    private async Task ReadAsync(DbDataReader results)
    {
        await readAsync((NpgsqlDataReader)results);
        AreRead = true;
    }

    public sealed class Interceptor : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            AheadOf(eventData)?.GoBefore(command);
            return ValueTask.FromResult(result);
        }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (AheadOf(eventData) is { } ahead)
            {
                await ahead.ReadAsync(result);
            }

            return result;
        }

        private static StatementsAhead? AheadOf(CommandEventData eventData) => (eventData.Context as TravelDbContext)?.Ahead;
    }
}
