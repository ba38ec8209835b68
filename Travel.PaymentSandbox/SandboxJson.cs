using System.Text.Json;
using System.Text.Json.Serialization;

namespace Travel.PaymentSandbox;

/// <summary>How the sandbox itself writes JSON, in its API and its files. What plays Chapa is in <see cref="Gateway.Envelope"/>.</summary>
internal static class SandboxJson
{
    public static JsonSerializerOptions Options { get; } = Applied(new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });

    public static void AddSandboxJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(json => Applied(json.SerializerOptions));

    private static JsonSerializerOptions Applied(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        // A fault with a slip in its name would not be played, and its test would be green for nothing.
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return json;
    }
}
