using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Travel.Api.Errors;
using Travel.Contracts;

namespace Travel.Api.Documentation;

/// <summary>Says of each operation which problems it may answer: those its endpoint names, and those that the pipeline has for all of its kind.</summary>
internal static class ProblemResponses
{
    private const string MediaType = "application/problem+json";
    private const string Schema = "Problem";

    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses!.Where(response => response.Key[0] is '2' or '3').OrderBy(response => response.Key, StringComparer.Ordinal))
        {
            responses.Add(status, response);
        }

        foreach (var types in TypesOf(operation, context.Description).Distinct().GroupBy(type => type.Status).OrderBy(types => types.Key))
        {
            // One alone is the same wherever it is answered.
            responses.Add(types.Key.ToString(CultureInfo.InvariantCulture), types.ToArray() is [var only]
                ? new OpenApiResponseReference(only.Name, context.Document!)
                : ResponseOf([.. types], context.Document!));
        }

        operation.Responses = responses;
    }

    public static void Describe(OpenApiComponents components, OpenApiDocument document)
    {
        components.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
        foreach (var type in ProblemTypes.All)
        {
            components.Examples.Add(type.Name, new OpenApiExample { Summary = type.Title, Value = ExampleOf(type) });
        }

        var referredTo = document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Responses!.Values)
            .OfType<OpenApiResponseReference>().Select(response => response.Reference.Id).ToHashSet(StringComparer.Ordinal);
        components.Responses = ProblemTypes.All.Where(type => referredTo.Contains(type.Name))
            .ToDictionary(type => type.Name, type => (IOpenApiResponse)ResponseOf([type], document), StringComparer.Ordinal);

        components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        components.Schemas[Schema] = ProblemSchema(document);
        // What the framework writes of it for itself, nobody refers to any more.
        components.Schemas.Remove("HttpValidationProblemDetails");
    }

    private static IEnumerable<ProblemType> TypesOf(OpenApiOperation operation, ApiDescription endpoint)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        if (operation.RequestBody is not null)
        {
            ProblemType[] ofBodies = [ProblemTypes.Invalid, ProblemTypes.RequestTimeout, ProblemTypes.TooLarge, ProblemTypes.UnsupportedMediaType];
            foreach (var type in ofBodies)
            {
                yield return type;
            }
        }

        if (endpoint.NeedsSignIn())
        {
            yield return ProblemTypes.Unauthorized;
        }

        if (endpoint.RolesNeeded().Count > 0)
        {
            yield return ProblemTypes.Forbidden;
        }

        if (!HttpMethods.IsGet(endpoint.HttpMethod!))
        {
            // The nets under every write: a version that is no longer the last, or one too many of what there is one of.
            yield return ProblemTypes.Conflict;
        }

        foreach (var type in metadata.OfType<PossibleProblems>().SelectMany(possible => possible.Types))
        {
            yield return type;
        }

        if (!metadata.OfType<DisableRateLimitingAttribute>().Any())
        {
            yield return ProblemTypes.TooManyRequests;
        }

        yield return ProblemTypes.Internal;
        yield return ProblemTypes.Unavailable;
    }

    private static OpenApiResponse ResponseOf(ProblemType[] types, OpenApiDocument document) => new()
    {
        Description = string.Join(". ", types.Select(type => type.Title)) + ".",
        Headers = HeadersOf(types, document),
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(Schema, document),
                Examples = types.ToDictionary(type => type.Name, type => (IOpenApiExample)new OpenApiExampleReference(type.Name, document), StringComparer.Ordinal),
            },
        },
    };

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(ProblemType[] types, OpenApiDocument document)
    {
        string[] names =
        [
            .. types.Contains(ProblemTypes.Unauthorized) ? ["WWW-Authenticate"] : Array.Empty<string>(),
            .. types.Any(type => type == ProblemTypes.TooManyRequests || type == ProblemTypes.Unavailable || type == ProblemTypes.RequestInFlight)
                ? ["Retry-After"] : Array.Empty<string>(),
        ];
        return names.Length > 0 ? names.ToDictionary(name => name, name => Headers.Of(name, document), StringComparer.Ordinal) : null;
    }

    private static JsonObject ExampleOf(ProblemType type)
    {
        var problem = new JsonObject { ["type"] = type.Uri, ["title"] = type.Title, ["status"] = type.Status };
        if (type != ProblemTypes.Invalid)
        {
            problem["detail"] = type.Detail;
        }

        if (type == ProblemTypes.Invalid)
        {
            problem["errors"] = new JsonObject { ["checkOut"] = new JsonArray("Check-out must be after check-in.") };
        }
        else if (type == ProblemTypes.ListingIncomplete)
        {
            problem["errors"] = new JsonObject { ["photos"] = new JsonArray("Show the place in at least 1 photo; so far there are 0.") };
        }
        else if (type == ProblemTypes.NightsTaken)
        {
            problem["taken"] = new JsonArray(new JsonObject { ["from"] = "2027-01-05", ["to"] = "2027-01-08" });
        }

        problem["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736";
        return problem;
    }

    private static OpenApiSchema ProblemSchema(OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a request was not answered as asked (RFC 9457). It may have more fields.",
        Required = new HashSet<string>(["type", "title", "status", "traceId"], StringComparer.Ordinal),
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri", Description = "Which kind of error; stable." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The kind in a few words." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A sentence for the person in front of it." },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "By which we find what happened (W3C trace context)." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With `invalid`, what is wrong, and with `listing-incomplete`, what is missing: sentences by field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["taken"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "With `nights-taken`: which of them.",
                Items = new OpenApiSchemaReference("NightRange", document),
            },
        },
    };
}
