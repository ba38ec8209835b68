using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Travel.Bench.Measures;
using Travel.Bench.Smtp;
using Travel.Contracts;
using Travel.Domain;

namespace Travel.Bench.Servers;

/// <summary>
/// What is measured: the AppHost's own servers and migrations on throw-away data, and the services that a bench asks for. All of them are
/// DCP's children, which ends them when this process ends, however it ends. The mail server is in this process.
/// </summary>
internal sealed class BenchSystem : IAsyncDisposable
{
    private static readonly string[] Servers = [ResourceNames.Postgres, ResourceNames.Messaging, ResourceNames.Cache];

    /// <summary>What of the AppHost stays; the rest is not measured.</summary>
    private static readonly string[] Needed =
        [.. Servers, .. Servers.Select(server => server + "-password"), ResourceNames.Database, ResourceNames.Migrations];

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo data = ThrowAwayFolder.Make("travel-bench-");
    private readonly List<MeasuredService> services = [];
    private DistributedApplication? app;

    private BenchSystem() => Mails = new MailSink(Clock);

    public SteadyClock Clock { get; } = new();

    public MailSink Mails { get; }

    public Uri Api => services.Single(service => service.Name == ResourceNames.Api).Address;

    public Uri Yardstick => services.Single(service => service.Name == Reads.Yardstick.Name).Address;

    private DistributedApplication App => app ?? throw new InvalidOperationException("Nothing is started.");

    public static Task<BenchSystem> StartWholeAsync(CancellationToken cancellationToken) =>
        StartAsync(system => [MeasuredService.Api(), MeasuredService.Worker(system.Mails.Address)], cancellationToken);

    public static Task<BenchSystem> StartApiAsync(CancellationToken cancellationToken) => StartAsync(_ => [MeasuredService.Api()], cancellationToken);

    public static Task<BenchSystem> StartApiAndYardstickAsync(CancellationToken cancellationToken) =>
        StartAsync(_ => [MeasuredService.Api(), MeasuredService.Yardstick()], cancellationToken);

    public static Task<BenchSystem> StartWorkerAsync(CancellationToken cancellationToken) =>
        StartAsync(system => [MeasuredService.Worker(system.Mails.Address)], cancellationToken);

    public async Task<TravelDbContext> DatabaseAsync() =>
        new(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(await App.GetConnectionStringAsync(ResourceNames.Database)).Options);

    public async Task<IConnection> BrokerAsync(CancellationToken cancellationToken)
    {
        var address = await App.GetConnectionStringAsync(ResourceNames.Messaging, cancellationToken);
        return await new ConnectionFactory { Uri = new Uri(address!), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
    }

    /// <summary>CPU time that each service and server has used since it was started.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> CpuAsync()
    {
        var processes = new GraphProcesses(App);
        var roots = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in services.Select(service => service.Name).Concat(Servers))
        {
            roots[name] = await processes.IdAsync(name);
        }

        var all = ProcessTimes.OfAll();
        return roots.ToDictionary(root => root.Key, root => ProcessTimes.OfTree(root.Value, all), StringComparer.Ordinal);
    }

    /// <summary>CPU time in milliseconds that each of them has used since, for each piece of the work that was done.</summary>
    public async Task<IReadOnlyDictionary<string, double>> CpuPerPieceAsync(IReadOnlyDictionary<string, TimeSpan> since, long pieces) =>
        (await CpuAsync()).ToDictionary(used => used.Key, used => (used.Value - since[used.Key]).TotalMilliseconds / pieces, StringComparer.Ordinal);

    /// <summary>Bytes of a service's one process that lie in the machine's memory (VmRSS).</summary>
    public async Task<long> MemoryAsync(string service)
    {
        using var process = Process.GetProcessById(await new GraphProcesses(App).IdAsync(service));
        return process.WorkingSet64;
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

    private static async Task<BenchSystem> StartAsync(Func<BenchSystem, MeasuredService[]> services, CancellationToken cancellationToken)
    {
        var system = new BenchSystem();
        try
        {
            system.services.AddRange(services(system));
            await system.BeginAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Travel_AppHost>(
            ["--Backing=processes", $"--Data={data.FullName}"], (_, _) => { }, cancellationToken);
        foreach (var other in builder.Resources.Where(resource => !Needed.Contains(resource.Name, StringComparer.Ordinal)).ToList())
        {
            builder.Resources.Remove(other);
        }

        // The schema alone: outside development services refuse demo data.
        MeasuredService.Known<ProjectResource>(builder, ResourceNames.Migrations).WithArgs(context => context.Args.Remove("seed"));
        services.ForEach(service => service.AddTo(builder, photos: Path.Combine(data.FullName, "photos")));
        builder.Services.AddLogging(logging => logging.TellOf(services.Select(service => service.Name)));
        app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        using var client = new HttpClient();
        foreach (var service in services)
        {
            await Waiting.UntilAsync(() => IsReadyAsync(client, service.Address, cancellationToken), StartTimeout, $"{service.Name} ready", cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri service, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(service, "/alive"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
