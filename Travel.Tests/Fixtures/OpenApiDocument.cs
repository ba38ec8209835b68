using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Travel.Tests.Fixtures;

/// <summary>The OpenAPI document as it is committed: what clients have been promised.</summary>
internal static class OpenApiDocument
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "..", "..", "docs", "openapi.json"));

    public static JsonNode Committed { get; } = File.Exists(Path) ? JsonNode.Parse(File.ReadAllText(Path))! : new JsonObject();

    public static Task CommitAsync(JsonNode document) => File.WriteAllTextAsync(Path, document.ToJsonString(Pretty) + "\n");

    public static IEnumerable<(string Method, string Path, JsonNode Value)> Operations(this JsonNode document) =>
        from path in document["paths"]?.AsObject() ?? []
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    /// <summary>All answers of an operation by status.</summary>
    public static IEnumerable<(string Status, JsonNode Value)> Responses(this JsonNode document, JsonNode operation) =>
        operation["responses"]!.AsObject().Select(response => (response.Key, document.Resolve(response.Value!)));

    /// <summary>What is referred to, where it is a reference.</summary>
    public static JsonNode Resolve(this JsonNode document, JsonNode node) => node["$ref"] is { } reference
        ? reference.GetValue<string>().Split('/').Skip(1).Aggregate(document, (found, name) => found[name]!)
        : node;

    public static IEnumerable<JsonNode> ExamplesIn(this JsonNode document, JsonNode mediaType) =>
        mediaType["examples"]?.AsObject().Select(example => document.Resolve(example.Value!)["value"]!) ?? [];

    private static string Here([CallerFilePath] string file = "") => file;
}
