using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>The headers of a message as a JSON object, and back. Whatever AMQP allows can be written; what matters to us comes back as it was.</summary>
public static class HeaderJson
{
    /// <summary>Deeper than any header of ours or of the broker.</summary>
    private const int Deepest = 8;

    public static string Write(IDictionary<string, object?>? headers) => ObjectOf(headers ?? new Dictionary<string, object?>(StringComparer.Ordinal), Deepest).ToJsonString();

    public static Dictionary<string, object?> Read(string json) => (Dictionary<string, object?>)ValueOf(JsonSerializer.Deserialize<JsonElement>(json))!;

    private static JsonObject ObjectOf(IDictionary<string, object?> table, int depth) =>
        new(table.Select(field => KeyValuePair.Create(field.Key, NodeOf(field.Value, depth - 1))));

    private static JsonNode? NodeOf(object? value, int depth) => value switch
    {
        null => null,
        _ when depth == 0 => "...",
        string text => text,
        // AMQP's text is bytes to the client.
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        bool yes => yes,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        AmqpTimestamp at => at.UnixTime,
        IDictionary<string, object?> table => ObjectOf(table, depth),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => NodeOf(item, depth - 1))]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(field => field.Name, field => ValueOf(field.Value), StringComparer.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).ToList(),
        _ => null,
    };
}
