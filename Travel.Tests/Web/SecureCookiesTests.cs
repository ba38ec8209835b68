using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Travel.Web;

namespace Travel.Tests.Web;

public sealed class SecureCookiesTests
{
    [Theory]
    [InlineData("Production", true)]
    [InlineData("Staging", true)]
    [InlineData("Development", false)]
    public async Task Outside_development_no_cookie_goes_over_a_line_without_TLS(string environment, bool isSecure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var web = builder.Build();
        web.UseSecureCookies();
        web.MapGet("/", (HttpContext context) => context.Response.Cookies.Append("session", "1"));
        await web.StartAsync();
        using var client = new HttpClient();

        using var answer = await client.GetAsync(web.Urls.Single());

        answer.Headers.GetValues("Set-Cookie").Single().Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(isSecure);
    }
}
