using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Travel.Tests.Fixtures;

/// <summary>
/// Looks at every answer that any test has from the Api: a status that the committed OpenAPI document does not name for the operation, or a
/// problem that it does not name for the status, fails the test that met it.
/// </summary>
internal sealed class DocumentedAnswers : DelegatingHandler
{
    private static readonly List<(string Method, Regex Path, JsonNode Responses)> Operations =
    [
        // What is spelt out comes before what has a parameter in its place.
        .. OpenApiDocument.Committed.Operations().OrderBy(operation => operation.Path.Count(character => character == '{'))
            .Select(operation => (operation.Method, PatternOf(operation.Path), operation.Value["responses"]!)),
    ];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        var operation = Operations.Find(known => known.Method == request.Method.Method && known.Path.IsMatch(path));
        if (operation.Responses is null || answer.StatusCode == HttpStatusCode.MethodNotAllowed)
        {
            // Not of the Api, or of no operation of it.
            return answer;
        }

        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        var response = operation.Responses[status].ShouldNotBeNull($"{request.Method} {path} answered {status}, which is not in docs/openapi.json.");
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            var type = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(cancellationToken)).GetProperty("type").GetString();
            OpenApiDocument.Committed.ExamplesIn(OpenApiDocument.Committed.Resolve(response)["content"]!["application/problem+json"]!)
                .Select(example => example["type"]!.GetValue<string>())
                .ShouldContain(type, $"{request.Method} {path} answered {status}, which in docs/openapi.json has no such type.");
        }

        return answer;
    }

    private static Regex PatternOf(string path) => new(
        "^" + Regex.Replace(path, @"\{\w+\}", "[^/]+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Replace(".", "\\.", StringComparison.Ordinal) + "$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));
}
