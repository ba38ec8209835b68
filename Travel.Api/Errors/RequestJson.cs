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
    }
}
