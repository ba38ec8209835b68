using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Travel.ServiceDefaults;

namespace Travel.Tests.Security;

public sealed class TrustedProxiesTests
{
    private const string Loopback = "127.0.0.0/8";

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    // Another proxy of ours behind the first; and what a visitor made up before them.
    [InlineData("203.0.113.7, 127.0.0.9", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 127.0.0.9", "203.0.113.7")]
    public async Task A_proxy_of_ours_is_believed_when_it_says_from_where_a_request_came(string forwarded, string visitor) =>
        (await SeenAsync(Loopback, forwarded)).ShouldBe($"https {visitor}");

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Nobody_else_is_believed(string? network) => (await SeenAsync(network, "203.0.113.7")).ShouldBe("http 127.0.0.1");

    [Theory]
    [InlineData("everybody")]
    [InlineData("10.0.0.0/33")]
    [InlineData("")]
    public async Task What_is_no_network_does_not_start(string network)
    {
        await using var service = Service(network);

        (await Should.ThrowAsync<OptionsValidationException>(() => service.StartAsync())).Message.ShouldContain("Proxies:Networks");
    }

    private static async Task<string> SeenAsync(string? network, string forwarded)
    {
        await using var service = Service(network);
        service.UseServiceDefaults();
        service.MapGet("/", (HttpContext context) => $"{context.Request.Scheme} {context.Connection.RemoteIpAddress}");
        await service.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, service.Urls.Single());
        request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("X-Forwarded-Proto", string.Join(", ", forwarded.Split(',').Select(_ => "https")));
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static WebApplication Service(string? network)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (network is not null)
        {
            builder.Configuration["Proxies:Networks:0"] = network;
        }

        builder.AddServiceDefaults();
        return builder.Build();
    }
}
