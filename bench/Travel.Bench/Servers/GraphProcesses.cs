using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Travel.AppHost.Backing;

namespace Travel.Bench.Servers;

/// <summary>The processes and containers that the AppHost runs: which there are, how they end and how they come back.</summary>
internal sealed class GraphProcesses(DistributedApplication app)
{
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromMinutes(4);

    private ResourceNotificationService Resources => app.ResourceNotifications;

    /// <summary>What is known at this moment of each process of the resource.</summary>
    public async Task<IReadOnlyList<ResourceEvent>> OfAsync(string resource)
    {
        var replicas = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(known => known.Name == resource).GetReplicaCount();
        var processes = new Dictionary<string, ResourceEvent>(StringComparer.Ordinal);
        await foreach (var process in Resources.WatchAsync())
        {
            if (process.Resource.Name == resource)
            {
                processes[process.ResourceId] = process;
            }

            if (processes.Count == replicas)
            {
                break;
            }
        }

        return [.. processes.Values];
    }

    /// <summary>The id of the one process that the resource is.</summary>
    public async Task<int> IdAsync(string resource) => IdOf((await OfAsync(resource)).Single());

    public async Task StopAsync(string resource)
    {
        foreach (var process in (await OfAsync(resource)).Where(IsRunning))
        {
            await ExecuteAsync(process.ResourceId, KnownResourceCommands.StopCommand);
            await EndedAsync(process);
        }
    }

    /// <summary>Starts what is not running of it: all of it, or the one replica that has died.</summary>
    public async Task StartAsync(string resource)
    {
        foreach (var stopped in (await OfAsync(resource)).Where(process => !IsRunning(process)))
        {
            await ExecuteAsync(stopped.ResourceId, KnownResourceCommands.StartCommand);
        }

        await Resources.WaitForResourceHealthyAsync(resource).WaitAsync(ChangeTimeout);
    }

    /// <summary>Ends its processes as a crash would: all that run, or as many as are asked for.</summary>
    public async Task KillAsync(string resource, int atMost = int.MaxValue)
    {
        var victims = (await OfAsync(resource)).Where(IsRunning).Take(atMost).ToList();
        if (victims.Count == 0)
        {
            throw new InvalidOperationException($"Nothing of {resource} runs that could be killed.");
        }

        foreach (var victim in victims)
        {
            await KillAsync(victim);
        }

        foreach (var victim in victims)
        {
            await EndedAsync(victim);
        }
    }

    private static async Task KillAsync(ResourceEvent victim)
    {
        if (Property(victim, "container.id") is string container)
        {
            var engine = await ContainerEngine.FindAsync(wanted: null) ?? throw new InvalidOperationException("No container engine answers.");
            await engine.KillAsync(container);
        }
        else
        {
            using var process = Process.GetProcessById(IdOf(victim));
            process.Kill(entireProcessTree: true);
        }
    }

    private Task EndedAsync(ResourceEvent process) => Resources.WaitForResourceAsync(
        process.Resource.Name, seen => seen.ResourceId == process.ResourceId && !IsRunning(seen)).WaitAsync(ChangeTimeout);

    private static bool IsRunning(ResourceEvent process) => process.Snapshot.State?.Text == KnownResourceStates.Running;

    private static int IdOf(ResourceEvent process) => Convert.ToInt32(Property(process, "executable.pid"), CultureInfo.InvariantCulture);

    private static object? Property(ResourceEvent process, string name) =>
        process.Snapshot.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    private async Task ExecuteAsync(string process, string command)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(process, command);
        if (!result.Success)
        {
            throw new InvalidOperationException($"{process} does not {command}: {result.Message}");
        }
    }
}
