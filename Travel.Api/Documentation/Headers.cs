using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Travel.Api.Documentation;

/// <summary>Headers that an endpoint sends beside those that follow from its answer.</summary>
internal sealed record SentHeaders(IReadOnlyList<string> Names);

internal static class Headers
{
    private static readonly Dictionary<string, (JsonSchemaType Type, string Meaning, JsonNode Example)> Known = new(StringComparer.Ordinal)
    {
        ["Content-Disposition"] = (JsonSchemaType.String, "What to call the file.", "attachment; filename=travel-account.json"),
        ["ETag"] = (JsonSchemaType.String, "The version that is answered: for If-None-Match, and for If-Match where it can be changed.", "\"01990b5c3a7e7d10b0a4c1d2e3f40512-7\""),
        ["Location"] = (JsonSchemaType.String, "Where to find it: a path on the Api.", "/api/v1/bookings/01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8"),
        ["Retry-After"] = (JsonSchemaType.Integer, "How long to wait, in seconds. With 409, where the same request is being answered at this moment.", 5),
        ["WWW-Authenticate"] = (JsonSchemaType.String, "Where an access token is missing or no good.", "Bearer"),
    };

    public static TBuilder Sends<TBuilder>(this TBuilder endpoint, params string[] names)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new SentHeaders(names));

    public static IOpenApiHeader Of(string name, OpenApiDocument document) => new OpenApiHeaderReference(name, document);

    public static void Describe(OpenApiComponents components) => components.Headers = Known.ToDictionary(
        header => header.Key,
        header => (IOpenApiHeader)new OpenApiHeader
        {
            Description = header.Value.Meaning, Schema = new OpenApiSchema { Type = header.Value.Type }, Example = header.Value.Example.DeepClone(),
        },
        StringComparer.Ordinal);
}
