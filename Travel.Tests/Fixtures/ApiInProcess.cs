using Aspire.Hosting.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Travel.Api.Accounts;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Outbox;

namespace Travel.Tests.Fixtures;

/// <summary>The Api in the test's own process, on the graph's servers, so that a test can listen to its database connections.</summary>
internal sealed class ApiInProcess(IReadOnlyDictionary<string, string> settings, IInterceptor listener, bool relays = false) : WebApplicationFactory<AccessTokenOptions>
{
    /// <param name="gateway">Where the payment gateway is; nowhere without one.</param>
    public static async Task<ApiInProcess> OnAsync(TravelGraph graph, string database, IInterceptor listener, Uri? gateway = null) => new(
        Settings(
            database, (await graph.App.GetConnectionStringAsync(ResourceNames.Cache))!, (await graph.App.GetConnectionStringAsync(ResourceNames.Messaging))!, gateway),
        listener);

    /// <param name="prefix">Of keys in Redis, which others have with other databases.</param>
    public static Dictionary<string, string> Settings(string database, string cache, string messaging, Uri? gateway = null, string? prefix = null) =>
        new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:" + ResourceNames.Database] = database,
            ["ConnectionStrings:" + ResourceNames.Cache] = cache,
            ["ConnectionStrings:" + ResourceNames.Messaging] = messaging,
            ["Caching:Prefix"] = prefix ?? Guid.NewGuid().ToString("N"),
            ["AccessTokens:SigningKey"] = new string('k', 64),
            ["Web:ApiKey"] = TravelGraph.WebKey,
            ["Chapa:Address"] = new Uri(gateway ?? new Uri("http://127.0.0.1:9"), "/v1").AbsoluteUri,
            ["Chapa:SecretKey"] = SandboxHost.SecretKey,
            ["Chapa:WebhookSecret"] = SandboxHost.WebhookSecret,
            ["Chapa:WebAddress"] = "http://localhost:5080",
            ["Chapa:ApiAddress"] = "http://localhost:5081",
            ["Photos:Folder"] = Path.Combine(Path.GetTempPath(), $"travel-photos-{Guid.NewGuid():N}"),
        };

    /// <summary>As somebody with a session that has their own id.</summary>
    public HttpClient SignedIn(Guid userId, Role role)
    {
        var user = new User { Id = userId, DisplayName = "Somebody", Role = role, CreatedAt = TimeProvider.System.GetUtcNow() };
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Services.GetRequiredService<AccessTokens>().Issue(user, sessionId: userId).Token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureServices(services =>
        {
            services.ConfigureDbContext<TravelDbContext>(options => options.AddInterceptors(listener));
            if (!relays)
            {
                // It asks the database whenever it likes, which would count as somebody's request.
                services.Remove(services.Single(service => service.ImplementationType == typeof(OutboxRelay)));
            }
        });
    }
}
