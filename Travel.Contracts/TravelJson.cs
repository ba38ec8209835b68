using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Travel.Contracts;

/// <summary>How Travel writes JSON, on HTTP and on the bus: camelCase, enums as camelCase names, unknown fields on writes refused.</summary>
public static class TravelJson
{
    /// <summary>For reading what another version of Travel may have written: unknown fields are passed over.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new InstantJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>
/// Instants are RFC 3339, written in UTC with a Z: <c>2026-11-20T09:30:00Z</c>. One without an offset is none: it would be another one on
/// every machine.
/// </summary>
internal sealed partial class InstantJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var instant) && reader.GetString() is { } text && Offset().IsMatch(text)
            ? instant
            : throw new JsonException("An instant is a date, a time and an offset from UTC.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);

    [GeneratedRegex("T.*(Z|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offset();
}
