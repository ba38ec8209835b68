using System.Text.Json;
using System.Text.Json.Nodes;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Documentation;

/// <summary>As much of JSON Schema as the document uses.</summary>
internal static class SchemaRules
{
    /// <returns>What of the value the schema does not allow, by path.</returns>
    public static IEnumerable<string> Breaches(JsonNode document, JsonNode given, JsonNode? value, string path = "$")
    {
        var schema = document.Resolve(given);
        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Count(choice => !Breaches(document, choice!, value, path).Any()) == 1 ? [] : [$"{path} is none of the choices"];
        }

        if (schema["type"] is { } type && !TypesOf(type).Contains(KindOf(value), StringComparer.Ordinal) && !(KindOf(value) == "integer" && TypesOf(type).Contains("number")))
        {
            return [$"{path} is {KindOf(value)} and not {type.ToJsonString()}"];
        }

        if (value is not null && schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            return [$"{path} is {value.ToJsonString()}"];
        }

        return value switch
        {
            JsonObject fields => FieldBreaches(document, schema, fields, path),
            JsonArray items => schema["items"] is { } item ? items.SelectMany((one, index) => Breaches(document, item, one, $"{path}[{index}]")) : [],
            _ => [],
        };
    }

    /// <returns>Where in the document a schema leaves open what there may be.</returns>
    public static IEnumerable<string> Unsaid(JsonNode node, string path = "$") => node switch
    {
        JsonObject fields => fields.SelectMany(field =>
            (IsSchema(path, field.Key) && field.Value is JsonObject schema && !IsSaid(schema) ? [$"{path} {field.Key}"] : Array.Empty<string>())
            .Concat(field.Key == "examples" || field.Value is null ? [] : Unsaid(field.Value, $"{path} {field.Key}"))),
        JsonArray items => items.SelectMany((item, index) => item is null ? [] : Unsaid(item, $"{path} {index}")),
        _ => [],
    };

    private static bool IsSaid(JsonObject schema) =>
        schema.Any(part => part.Key is "type" or "$ref" or "oneOf") && (schema["type"] is not { } type || !TypesOf(type).Contains("array") || schema["items"] is not null);

    private static bool IsSchema(string parent, string name) =>
        name is "schema" or "items" or "additionalProperties" || parent.EndsWith(" properties", StringComparison.Ordinal) || parent == "$ components schemas";

    private static IEnumerable<string> FieldBreaches(JsonNode document, JsonNode schema, JsonObject fields, string path)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var rest = schema["additionalProperties"];
        var missing = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !fields.ContainsKey(name));
        return missing.Select(name => $"{path}.{name} is missing").Concat(fields.SelectMany(field => (properties[field.Key], rest) switch
        {
            ({ } property, _) => Breaches(document, property, field.Value, $"{path}.{field.Key}"),
            (null, JsonObject other) => Breaches(document, other, field.Value, $"{path}.{field.Key}"),
            _ => [$"{path}.{field.Key} is not in the schema"],
        }));
    }

    private static IEnumerable<string> TypesOf(JsonNode type) => type is JsonArray many ? many.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
        _ => "boolean",
    };
}
