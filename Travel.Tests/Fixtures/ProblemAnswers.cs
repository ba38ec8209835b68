using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Travel.Tests.Fixtures;

internal static class ProblemAnswers
{
    /// <summary>That the answer is an error as the HTTP contract describes one, with this status and type.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", body);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("type").GetString().ShouldBe("https://travel.test/problems/" + type);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("traceId").GetString().ShouldNotBeNull().Length.ShouldBe(32);
        return problem;
    }

    /// <summary>That the request was refused because of these fields and no others.</summary>
    public static async Task ShouldBeInvalidAsync(this HttpResponseMessage answer, params string[] fields)
    {
        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(fields, ignoreOrder: true);
    }
}
