using Microsoft.OpenApi;

namespace Travel.Api.Documentation;

/// <summary>
/// The OpenAPI document. What it says comes from the endpoints themselves: their results, their <see cref="Errors.PossibleProblems"/>,
/// who may call them; and from the contracts: their doc comments, and <see cref="Examples"/> of them.
/// </summary>
internal static class DocumentationEndpoints
{
    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddSchemaTransformer(WireSchemas.DescribeAsync);
        options.AddOperationTransformer((operation, context, _) =>
        {
            SignInNeeds.Describe(operation, context);
            Parameters.Describe(operation, context);
            Bodies.Describe(operation, context);
            ProblemResponses.Describe(operation, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
    });

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(options => options.SwaggerEndpoint("/openapi/v1.json", "Travel v1"));
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Travel",
            Version = "1",
            Description = """
                Search, book and run stays.

                Ids are UUIDs of version 7, instants RFC 3339 in UTC, nights and stays dates with check-out exclusive, money a decimal string with its
                currency. Lists are pages: `next` is the `cursor` of the next one, null on the last. Writes with fields that are unknown are refused;
                answers may get more fields, which clients pass over.

                Every error is `application/problem+json` (RFC 9457). Its `type` is stable: those that an operation may answer are the examples of each
                status. What no operation is asked for at all is 404 `not-found`, or 405 `method-not-allowed` where only the method is wrong.
                """,
        };
        // The address is the reader's: wherever they had the document from.
        document.Servers = [];
        document.Paths = Sorted(document.Paths);
        document.Components ??= new OpenApiComponents();
        SignInNeeds.Describe(document.Components);
        Bodies.Describe(document.Components);
        ProblemResponses.Describe(document.Components, document);
        Headers.Describe(document.Components);
        WireSchemas.ReferToMoney(document);
        WireSchemas.OpenWhatIsOnlyAnswered(document);
    }

    /// <summary>By address, so that the order in which rooms are mapped is nobody's business.</summary>
    private static OpenApiPaths Sorted(OpenApiPaths paths)
    {
        var sorted = new OpenApiPaths();
        foreach (var (address, path) in paths.OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            sorted.Add(address, path);
        }

        return sorted;
    }
}
