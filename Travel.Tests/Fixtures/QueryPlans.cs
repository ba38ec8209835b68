using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Travel.Tests.Fixtures;

/// <param name="RowsRead">Of tables and indexes, whether they were of use or thrown away.</param>
internal sealed record RanQuery(string Sql, long RowsRead);

/// <summary>
/// What PostgreSQL did for each query, with the parameters it really had: its auto_explain module tells the client that asked
/// (postgresql.org/docs/current/auto-explain.html).
/// </summary>
internal sealed class QueryPlans : DbConnectionInterceptor
{
    private readonly ConcurrentQueue<RanQuery> ran = [];

    public IReadOnlyList<RanQuery> Ran => [.. ran];

    public static string Explaining(string address) => new NpgsqlConnectionStringBuilder(address)
    {
        Options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on "
            + "-c auto_explain.log_nested_statements=on -c auto_explain.log_timing=off -c auto_explain.log_format=json -c auto_explain.log_level=notice -c client_min_messages=notice",
    }.ConnectionString;

    public void Forget() => ran.Clear();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Listen(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Listen(connection);
        return Task.CompletedTask;
    }

    /// <summary>Once, however often this connection is opened.</summary>
    private void Listen(DbConnection connection)
    {
        var opened = (NpgsqlConnection)connection;
        opened.Notice -= Hear;
        opened.Notice += Hear;
    }

    private void Hear(object? sender, NpgsqlNoticeEventArgs heard)
    {
        var text = heard.Notice.MessageText;
        var plan = text.IndexOf("plan:", StringComparison.Ordinal);
        if (text.StartsWith("duration:", StringComparison.Ordinal) && plan > 0)
        {
            var explained = JsonDocument.Parse(text[(plan + "plan:".Length)..]).RootElement;
            ran.Enqueue(new RanQuery(explained.GetProperty("Query Text").GetString()!, RowsReadBy(explained.GetProperty("Plan"))));
        }
    }

    private static long RowsReadBy(JsonElement node)
    {
        var inputs = node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().ToList() : [];
        var reads = node.GetProperty("Node Type").GetString()!.Contains("Scan", StringComparison.Ordinal);
        var each = reads ? Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck") : 0;
        return (each * Number("Actual Loops")) + inputs.Sum(RowsReadBy);

        long Number(string name) => node.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;
    }
}
