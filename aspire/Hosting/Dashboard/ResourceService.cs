using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard asks its host: the resources, their consoles, and the execution of commands.</summary>
internal sealed partial class ResourceService(
    DashboardOptions options,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    IHostEnvironment environment,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IHostedService, IAsyncDisposable
{
    private const string Prefix = "/aspire.v1.DashboardService/";
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, DateTime> firstSeen = new(StringComparer.OrdinalIgnoreCase);
    private WebApplication? server;

    /// <summary>Known once the service has started.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // Streams are open for hours with nothing to say.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.ResourceServiceUrl?.Port ?? 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        server = builder.Build();
        server.Use(RefuseStrangersAsync);
        server.MapUnary<ApplicationInformationRequest, ApplicationInformationResponse>($"{Prefix}GetApplicationInformation", (_, _) =>
            Task.FromResult(new ApplicationInformationResponse { ApplicationName = AppHostSuffix().Replace(environment.ApplicationName, "") }));
        server.MapServerStream<WatchResourcesRequest, WatchResourcesUpdate>($"{Prefix}WatchResources", (_, ct) => WatchResourcesAsync(ct));
        server.MapServerStream<WatchResourceConsoleLogsRequest, WatchResourceConsoleLogsUpdate>($"{Prefix}WatchResourceConsoleLogs", WatchConsoleAsync);
        server.MapUnary<ResourceCommandRequest, ResourceCommandResponse>($"{Prefix}ExecuteResourceCommand", ExecuteAsync);
        server.MapSilence($"{Prefix}WatchInteractions");
        await server.StartAsync(cancellationToken);
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new(addresses.Addresses.Single());
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        if (server is not null)
            await server.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        stopping.Dispose();
    }

    private Task RefuseStrangersAsync(HttpContext context, RequestDelegate next)
    {
        var presented = Encoding.UTF8.GetBytes(context.Request.Headers["x-resource-service-api-key"].ToString());
        if (CryptographicOperations.FixedTimeEquals(presented, Encoding.UTF8.GetBytes(options.ResourceServiceKey)))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private async IAsyncEnumerable<WatchResourcesUpdate> WatchResourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        yield return new() { InitialData = new() };
        await foreach (var change in notifications.WatchAsync(ended.Token))
        {
            var seen = firstSeen.GetOrAdd(change.ResourceId, _ => time.GetUtcNow().UtcDateTime);
            yield return new() { Changes = new() { Value = { new WatchResourcesChange { Upsert = ResourceMessages.From(change, seen) } } } };
        }
    }

    private async IAsyncEnumerable<WatchResourceConsoleLogsUpdate> WatchConsoleAsync(WatchResourceConsoleLogsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.SuppressFollow)
        {
            yield return ResourceMessages.From(loggers.Written(request.ResourceName));
            yield break;
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        await foreach (var lines in loggers.WatchAsync(request.ResourceName, ended.Token))
            yield return ResourceMessages.From(lines);
    }

    private async Task<ResourceCommandResponse> ExecuteAsync(ResourceCommandRequest request, CancellationToken cancellationToken) =>
        ResourceMessages.From(await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, cancellationToken));

    [GeneratedRegex("[-_.]?AppHost$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AppHostSuffix();
}
