using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Travel.Contracts;

namespace Travel.Api.Errors;

/// <summary>Bodies are read strictly: a field that is unknown, missing or null where it must not be, in a list too, is an error, not a surprise later.</summary>
internal static class RequestJson
{
    private static readonly IJsonTypeInfoResolver Reading = new DefaultJsonTypeInfoResolver();

    public static void Apply(JsonSerializerOptions options)
    {
        TravelJson.Apply(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new TextJsonConverter());
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractsJson.Default, options.TypeInfoResolver ?? Reading).WithAddedModifier(RefuseNothingInLists);
    }

    /// <summary>The nullable annotation of a list's elements is lost at run time, and no request has a list with gaps.</summary>
    private static void RefuseNothingInLists(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            type.OnDeserialized = list =>
            {
                if (((IEnumerable)list).Cast<object?>().Contains(null))
                {
                    throw new JsonException();
                }
            };
        }
    }

    /// <summary>PostgreSQL stores every character but NUL.</summary>
    private sealed class TextJsonConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && text.Contains('\0') ? throw new JsonException() : reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
