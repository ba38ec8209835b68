using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Travel.Tests.Fixtures;

/// <param name="Start">Unix time in nanoseconds.</param>
/// <param name="End">Unix time in nanoseconds.</param>
internal sealed record Span(string Service, string Scope, string Name, string TraceId, string SpanId, string? ParentSpanId, decimal Start, decimal End, string Attributes);

/// <summary>What the dashboard has received, over its telemetry API (OTLP JSON).</summary>
internal sealed class Telemetry(Uri dashboard, string apiKey) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = dashboard, DefaultRequestHeaders = { { "x-api-key", apiKey } } };

    /// <summary>All spans of the trace; none while the dashboard does not know it.</summary>
    public async Task<IReadOnlyList<Span>> SpansOfAsync(string traceId)
    {
        using var response = await client.GetAsync($"/api/telemetry/traces/{traceId}");
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        response.EnsureSuccessStatusCode();
        var trace = await response.Content.ReadFromJsonAsync<JsonElement>();
        return SpansIn(trace.GetProperty("data")).ToList();
    }

    /// <summary>What was logged in the trace, as it was worded.</summary>
    public async Task<IReadOnlyList<string>> LogsOfAsync(string traceId)
    {
        var logs = await client.GetFromJsonAsync<JsonElement>($"/api/telemetry/logs?traceId={traceId}");
        return
        [
            .. from resource in logs.GetProperty("data").GetProperty("resourceLogs").EnumerateArray()
            from scope in resource.GetProperty("scopeLogs").EnumerateArray()
            from line in scope.GetProperty("logRecords").EnumerateArray()
            select line.GetProperty("body").GetProperty("stringValue").GetString()!,
        ];
    }

    public void Dispose() => client.Dispose();

    private static IEnumerable<Span> SpansIn(JsonElement data) =>
        from resource in data.GetProperty("resourceSpans").EnumerateArray()
        let service = resource.GetProperty("resource").GetProperty("attributes").EnumerateArray()
            .First(attribute => attribute.GetProperty("key").GetString() == "service.name").GetProperty("value").GetProperty("stringValue").GetString()!
        from scope in resource.GetProperty("scopeSpans").EnumerateArray()
        let scopeName = scope.GetProperty("scope").GetProperty("name").GetString()!
        from span in scope.GetProperty("spans").EnumerateArray()
        select new Span(
            service,
            scopeName,
            span.GetProperty("name").GetString()!,
            span.GetProperty("traceId").GetString()!,
            span.GetProperty("spanId").GetString()!,
            span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString() : null,
            Nanoseconds(span, "startTimeUnixNano"),
            Nanoseconds(span, "endTimeUnixNano"),
            span.TryGetProperty("attributes", out var attributes) ? attributes.GetRawText() : "");

    private static decimal Nanoseconds(JsonElement span, string name)
    {
        var value = span.GetProperty(name);
        return value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDecimal();
    }
}
