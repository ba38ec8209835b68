using System.Text.Json;
using System.Text.Json.Serialization;
using Travel.Contracts;

namespace Travel.Api.Errors;

/// <summary>Bodies are read strictly: a field that is unknown, missing or null where it must not be is an error, not a surprise later.</summary>
internal static class RequestJson
{
    public static void Apply(JsonSerializerOptions options)
    {
        TravelJson.Apply(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new TextJsonConverter());
    }

    /// <summary>PostgreSQL stores every character but NUL.</summary>
    private sealed class TextJsonConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && text.Contains('\0') ? throw new JsonException() : reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
