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
        "get /api/v1/host/listings",
        "get /api/v1/host/listings/{id}",
        "post /api/v1/listings",
        "put /api/v1/listings/{id}",
        "post /api/v1/listings/{id}/publication",
        "post /api/v1/listings/{id}/archive",
        "get /api/v1/listings/{id}/rates",
        "put /api/v1/listings/{id}/rates",
        "post /api/v1/listings/{id}/photos",
        "put /api/v1/listings/{id}/photos",
        "delete /api/v1/listings/{id}/photos/{photoId}",
        "get /api/v1/photos/{id}",
        "get /api/v1/listings/{id}/availability",
        "get /api/v1/listings/{id}/calendar",
        "get /api/v1/listings/{id}/calendar.ics",
        "put /api/v1/listings/{id}/calendar-token",
        "delete /api/v1/listings/{id}/calendar-token",
        "get /api/v1/listings/{id}/blocks",
        "post /api/v1/listings/{id}/blocks",
        "delete /api/v1/listings/{id}/blocks/{blockId}",
        "get /api/v1/listings/{id}/imports",
        "put /api/v1/listings/{id}/imports",
        "post /api/v1/listings/{id}/imports/{importId}/refresh",
        "get /api/v1/bookings/{id}/review",
        "post /api/v1/bookings/{id}/review",
        "put /api/v1/bookings/{id}/review",
        "post /api/v1/bookings/{id}/review/reply",
        "put /api/v1/bookings/{id}/review/reply",
        "get /api/v1/operations/jobs",
        "post /api/v1/operations/jobs/{name}/run",
        "put /api/v1/operations/jobs/{name}/pause",
        "post /api/v1/bookings",
        "get /api/v1/bookings",
        "get /api/v1/bookings/{id}",
        "get /api/v1/bookings/{id}/timeline",
        "get /api/v1/bookings/{id}/calendar.ics",
        "post /api/v1/bookings/{id}/acceptance",
        "post /api/v1/bookings/{id}/rejection",
        "get /api/v1/bookings/{id}/cancellation",
        "post /api/v1/bookings/{id}/cancellation",
        "post /api/v1/bookings/{id}/change",
        "post /api/v1/bookings/{id}/early-departure",
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
