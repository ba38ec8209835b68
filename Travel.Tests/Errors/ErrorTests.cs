using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Errors;

[Collection(TravelGraph.Collection)]
public sealed class ErrorTests(TravelGraph graph)
{
    public static TheoryData<string, string, string?, HttpStatusCode, string> Mistakes => new()
    {
        { "GET", "/api/v1/nothing", null, HttpStatusCode.NotFound, "not-found" },
        { "GET", "/nothing", null, HttpStatusCode.NotFound, "not-found" },
        { "DELETE", "/api/v1/listings", null, HttpStatusCode.MethodNotAllowed, "method-not-allowed" },
        { "GET", "/api/v1/bookings/0192f0c1-0000-7000-8000-000000000001", null, HttpStatusCode.Unauthorized, "unauthorized" },
        { "GET", "/api/v1/listings/no-such-place", null, HttpStatusCode.NotFound, "not-found" },
        { "GET", "/api/v1/listings?limit=0", null, HttpStatusCode.BadRequest, "invalid" },
        { "GET", "/api/v1/listings?limit=x", null, HttpStatusCode.BadRequest, "invalid" },
        { "POST", "/api/v1/sessions", "{", HttpStatusCode.BadRequest, "invalid" },
        { "POST", "/api/v1/sessions", "[]", HttpStatusCode.BadRequest, "invalid" },
        { "POST", "/api/v1/sessions", "null", HttpStatusCode.BadRequest, "invalid" },
        { "POST", "/api/v1/sessions", "", HttpStatusCode.BadRequest, "invalid" },
        { "POST", "/api/v1/sessions", """{"email":"nobody@example.org","password":"wrong"}""", HttpStatusCode.Unauthorized, "unauthorized" },
        { "POST", "/api/v1/sessions/refresh", """{"refreshToken":"none"}""", HttpStatusCode.Unauthorized, "unauthorized" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task Every_error_is_a_problem_with_a_type_and_a_trace(string method, string path, string? body, HttpStatusCode status, string type) =>
        ShouldBeProblemAsync(method, path, body, status, type, "application/json");

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task Even_a_browser_that_asks_for_a_page_is_told_so(string method, string path, string? body, HttpStatusCode status, string type) =>
        ShouldBeProblemAsync(method, path, body, status, type, "text/html");

    [Fact]
    public async Task A_body_in_another_format_is_refused_as_such()
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.PostAsync("/api/v1/sessions", new StringContent("email=a", Encoding.UTF8, "application/x-www-form-urlencoded"));

        await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task An_error_says_the_trace_that_the_caller_began()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var visitor = graph.Visitor();
        visitor.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var answer = await visitor.GetAsync("/api/v1/listings/no-such-place");

        (await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found")).GetProperty("traceId").GetString().ShouldBe(trace);
    }

    [Theory]
    [InlineData("""{"email":"a\u0000@example.org","password":"x"}""")]
    [InlineData("""{"email":"a@example.org","password":"\ud800"}""")]
    public async Task Text_that_no_person_writes_is_no_fault_of_ours(string body)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.PostAsync("/api/v1/sessions", new StringContent(body, new MediaTypeHeaderValue("application/json")));

        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
    }

    [Theory]
    [InlineData("me")]
    [InlineData("me/export")]
    [InlineData("listings/{0}/imports")]
    [InlineData("bookings/{0}/cancellation")]
    public async Task A_parameter_that_nobody_knows_is_refused_and_not_passed_over(string path)
    {
        var host = await graph.PersonAsync(Role.Host);
        var listing = await graph.DraftAsync(host.Id);
        using var client = graph.As(host);

        using var answer = await client.GetAsync($"/api/v1/{string.Format(CultureInfo.InvariantCulture, path, listing.Id)}?sort=newest");

        await answer.ShouldBeInvalidAsync("sort");
    }

    private async Task ShouldBeProblemAsync(string method, string path, string? body, HttpStatusCode status, string type, string accept)
    {
        using var visitor = graph.Visitor();
        visitor.DefaultRequestHeaders.Add("Accept", accept);
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };

        using var answer = await visitor.SendAsync(request);

        await answer.ShouldBeProblemAsync(status, type);
    }
}
