using System.Globalization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Travel.Api.Documentation;

/// <summary>Shows what is sent and what is answered when all is well: an example of each body, and the headers.</summary>
internal static class Bodies
{
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var endpoint = context.Description;
        // Forms bring files, which are not shown.
        if (operation.RequestBody?.Content is { } sent && sent.ContainsKey("application/json")
            && endpoint.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body") is { } body)
        {
            Show(sent, Examples.Of(body.Type), context.Document!);
        }

        var shown = endpoint.ActionDescriptor.EndpointMetadata.OfType<Example>().LastOrDefault();
        var headers = endpoint.ActionDescriptor.EndpointMetadata.OfType<SentHeaders>().SelectMany(header => header.Names).ToList();
        foreach (var (status, answer) in operation.Responses!.Where(response => response.Key[0] is '2' or '3'))
        {
            var response = (OpenApiResponse)answer;
            string[] names = [.. status == "201" ? ["Location"] : Array.Empty<string>(), .. headers];
            response.Headers = names.Length > 0 ? names.ToDictionary(name => name, name => Headers.Of(name, context.Document!), StringComparer.Ordinal) : null;
            if (response.Content is { Count: > 0 } content && TypeOf(endpoint, status) is { } type && type != typeof(Stream))
            {
                Show(content, shown ?? Examples.Of(type), context.Document!);
            }
        }
    }

    public static void Describe(OpenApiComponents components)
    {
        components.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
        foreach (var example in Examples.All)
        {
            components.Examples.Add(example.Name, new OpenApiExample { Value = example.Value.DeepClone() });
        }
    }

    private static Type? TypeOf(ApiDescription endpoint, string status) => endpoint.SupportedResponseTypes
        .FirstOrDefault(response => response.StatusCode.ToString(CultureInfo.InvariantCulture) == status && response.Type is not null && response.Type != typeof(void))?.Type;

    private static void Show(IDictionary<string, OpenApiMediaType> content, Example example, OpenApiDocument document)
    {
        foreach (var mediaType in content.Values)
        {
            mediaType.Examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal) { [example.Name] = new OpenApiExampleReference(example.Name, document) };
        }
    }
}
