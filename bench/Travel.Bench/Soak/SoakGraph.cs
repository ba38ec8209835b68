using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Travel.Bench.Measures;
using Travel.Bench.Servers;
using Travel.Bench.Smtp;
using Travel.Contracts;

namespace Travel.Bench.Soak;

/// <summary>The whole system as the AppHost starts it, on throw-away data; but its mails go to this process.</summary>
internal sealed class SoakGraph : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo data = ThrowAwayFolder.Make("travel-bench-");
    private DistributedApplication? app;

    private SoakGraph() => Mails = new MailSink(Clock);

    public SteadyClock Clock { get; } = new();

    public MailSink Mails { get; }

    public DistributedApplication App => app ?? throw new InvalidOperationException("The graph is not started.");

    public static async Task<SoakGraph> StartAsync(CancellationToken cancellationToken)
    {
        var graph = new SoakGraph();
        try
        {
            await graph.BeginAsync(cancellationToken);
            return graph;
        }
        catch
        {
            await graph.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await Mails.DisposeAsync();
        data.Delete(recursive: true);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Travel_AppHost>(
            ["--Backing=processes", $"--Data={data.FullName}", $"--Parameters:access-token-key={MeasuredService.AccessTokenKey}"], (_, _) => { }, cancellationToken);
        MeasuredService.Known<ProjectResource>(builder, ResourceNames.Api).WithEnvironment("Limits__WritesPerMinute", MeasuredService.NoLimit);
        MeasuredService.Known<ProjectResource>(builder, ResourceNames.Worker).WithEnvironment("Mail__Server", Mails.Address.AbsoluteUri);
        builder.Services.AddLogging(logging => logging.TellOf());
        // Without a dashboard the AppHost gives up whatever is started while a server that it waits for is away.
        builder.Services.Configure<ResourceNotificationServiceOptions>(waits => waits.DefaultWaitBehavior = WaitBehavior.WaitOnResourceUnavailable);
        app = await builder.BuildAsync(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        await app.StartAsync(timeout.Token);
        foreach (var resource in new[] { ResourceNames.Api, ResourceNames.Worker })
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, timeout.Token);
        }
    }
}
