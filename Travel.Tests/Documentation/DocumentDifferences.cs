using System.Text.Json.Nodes;

namespace Travel.Tests.Documentation;

/// <summary>Where two JSON documents differ, by path. The order of fields is no difference; that of a list is.</summary>
internal static class DocumentDifferences
{
    /// <summary>Each a line: <c>paths /api/v1/me get responses 404: only running</c>.</summary>
    public static IEnumerable<string> Between(JsonNode? committed, JsonNode? running, string path = "") => (committed, running) switch
    {
        (JsonObject old, JsonObject now) => old.Select(field => field.Key).Union(now.Select(field => field.Key), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .SelectMany(name => (old.ContainsKey(name), now.ContainsKey(name)) switch
            {
                (true, true) => Between(old[name], now[name], $"{path} {name}"),
                (true, false) => [$"{path} {name}: only committed".TrimStart()],
                _ => [$"{path} {name}: only running".TrimStart()],
            }),
        (JsonArray old, JsonArray now) when old.Count == now.Count => old.Zip(now).SelectMany((pair, index) => Between(pair.First, pair.Second, $"{path} {index}")),
        _ when JsonNode.DeepEquals(committed, running) => [],
        _ => [$"{path}: committed {Short(committed)}, running {Short(running)}".TrimStart()],
    };

    private static string Short(JsonNode? value) => value?.ToJsonString() is { } text ? text.Length > 100 ? text[..100] + "…" : text : "null";
}
