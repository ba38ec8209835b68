namespace Travel.Api.Documentation;

internal static class DocumentationEndpoints
{
    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Travel";
            document.Info.Description = "Search, book and run stays. Errors are application/problem+json; lists are keyset pages.";
            return Task.CompletedTask;
        }));

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(options => options.SwaggerEndpoint("/openapi/v1.json", "Travel v1"));
    }
}
