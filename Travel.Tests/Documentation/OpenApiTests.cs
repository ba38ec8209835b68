using System.Net.Http.Json;
using System.Text.Json;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Documentation;

[Collection(TravelGraph.Collection)]
public sealed class OpenApiTests(TravelGraph graph)
{
    /// <summary>What clients have been promised; a line is added with an endpoint and never taken away.</summary>
    private static readonly string[] Promised =
    [
        "post /api/v1/sessions",
        "post /api/v1/sessions/refresh",
        "get /api/v1/sessions",
        "delete /api/v1/sessions/current",
        "delete /api/v1/sessions/{id}",
        "delete /api/v1/sessions",
        "post /api/v1/accounts",
        "post /api/v1/accounts/verification",
        "post /api/v1/accounts/verification-mail",
        "post /api/v1/accounts/password-reset",
        "put /api/v1/accounts/password-reset",
        "get /api/v1/me",
        "put /api/v1/me",
        "delete /api/v1/me",
        "put /api/v1/me/password",
        "post /api/v1/me/hosting",
        "get /api/v1/me/export",
        "get /api/v1/listings",
        "get /api/v1/listings/{idOrSlug}",
        "get /api/v1/listings/{id}/quote",
        "get /api/v1/listings/{id}/reviews",
        "post /api/v1/bookings",
        "get /api/v1/bookings/{id}",
    ];

    [Fact]
    public async Task Every_endpoint_that_is_promised_is_documented() =>
        Promised.ShouldBeSubsetOf((await OperationsAsync()).Select(operation => operation.Name));

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_a_summary_and_a_room()
    {
        var operations = await OperationsAsync();

        operations.ShouldAllBe(operation => operation.Value.GetProperty("summary").GetString()!.Length > 0);
        operations.ShouldAllBe(operation => operation.Value.GetProperty("tags").GetArrayLength() == 1);
        operations.Select(operation => operation.Value.GetProperty("operationId").GetString()).ShouldBeUnique();
    }

    [Fact]
    public async Task Every_documented_error_is_a_problem()
    {
        var errors = (
            from operation in await OperationsAsync()
            from response in operation.Value.GetProperty("responses").EnumerateObject()
            where response.Name[0] is '4' or '5'
            select (Name: $"{operation.Name} {response.Name}", response.Value)).ToList();

        errors.Count.ShouldBeGreaterThanOrEqualTo(Promised.Length);
        foreach (var (name, response) in errors)
        {
            response.GetProperty("content").EnumerateObject().Select(content => content.Name).ShouldBe(["application/problem+json"], name);
        }
    }

    [Fact]
    public async Task The_document_has_a_page_for_people()
    {
        using var api = graph.Anonymous();

        (await api.GetStringAsync("/swagger/index.html")).ShouldContain("swagger-ui");
    }

    private async Task<List<(string Name, JsonElement Value)>> OperationsAsync()
    {
        using var api = graph.Anonymous();
        var document = await api.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        return (
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select ($"{operation.Name} {path.Name}", operation.Value)).ToList();
    }
}
