using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Travel.Api.Visitors;

namespace Travel.Tests.Visitors;

public sealed class VisitorAddressTests : IAsyncLifetime
{
    private const string WebKey = "the-key-of-web-in-this-test";
    private const string Caller = "127.0.0.1";
    private readonly WebApplication api = Api();

    public Task InitializeAsync() => api.StartAsync();

    public Task DisposeAsync() => api.DisposeAsync().AsTask();

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("2001:db8::7")]
    public async Task Web_is_believed_when_it_says_who_visits(string visitor) => (await SeenAsync(WebKey, visitor)).ShouldBe(visitor);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the-key-of-web-in-this-tesT")]
    [InlineData("the-key-of-web-in-this-test-and-more")]
    public async Task Nobody_else_is_believed(string? key) => (await SeenAsync(key, "203.0.113.7")).ShouldBe(Caller);

    [Theory]
    [InlineData(null)]
    [InlineData("unknown")]
    [InlineData("203.0.113.7, 10.0.0.1")]
    public async Task Without_one_address_Web_is_the_visitor_itself(string? visitor) => (await SeenAsync(WebKey, visitor)).ShouldBe(Caller);

    private async Task<string> SeenAsync(string? key, string? visitor)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, api.Urls.Single());
        request.Headers.TryAddWithoutValidation("X-Travel-Web-Key", key);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", visitor);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static WebApplication Api()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Web:ApiKey"] = WebKey;
        builder.Services.AddVisitors();
        var built = builder.Build();
        built.UseVisitors();
        built.MapGet("/", (HttpContext context) => context.Connection.RemoteIpAddress!.ToString());
        return built;
    }
}
