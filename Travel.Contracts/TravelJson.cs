using System.Text.Json;
using System.Text.Json.Serialization;

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
