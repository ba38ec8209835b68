using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Travel.AppHost.Backing;
using Travel.Contracts;
using Travel.Domain.Messaging;

namespace Travel.Tests.Fixtures;

internal static class GraphBroker
{
    /// <summary>The graph's RabbitMQ, as a service talks to it.</summary>
    public static async Task<Broker> OwnBrokerAsync(this TravelGraph graph, TimeSpan? confirmWithin = null)
    {
        var options = new BrokerOptions();
        options.ConfirmWithin = confirmWithin ?? options.ConfirmWithin;
        return new Broker(await graph.BrokerFactoryAsync(), Options.Create(options), TimeProvider.System);
    }

    public static async Task<ConnectionFactory> BrokerFactoryAsync(this TravelGraph graph) =>
        new() { Uri = new Uri((await graph.App.GetConnectionStringAsync(ResourceNames.Messaging))!), AutomaticRecoveryEnabled = false };

    /// <summary>Until it is disposed of RabbitMQ has an alarm, as when its memory runs short: it reads nothing more from whoever publishes.</summary>
    public static async Task<IAsyncDisposable> BrokerAlarmAsync(this TravelGraph graph)
    {
        await graph.EvaluateAsync("rabbit_alarm:set_alarm({{resource_limit, memory, node()}, []}).");
        return new Alarm(graph);
    }

    /// <summary>With all that belongs to it.</summary>
    public static async Task DeleteAsync(this IChannel channel, ConsumerQueue queue)
    {
        foreach (var name in new[] { queue.Name, queue.DeadLetters }.Concat(Topology.RetryDelays.Select(queue.RetryAfter)))
        {
            await channel.QueueDeleteAsync(name);
        }
    }

    private static async Task EvaluateAsync(this TravelGraph graph, string expression)
    {
        var server = (await graph.ProcessesAsync(ResourceNames.Messaging)).Single();
        if (server.Snapshot.Properties.FirstOrDefault(property => property.Name == "container.id")?.Value is string container)
        {
            var engine = (await ContainerEngine.FindAsync(wanted: null)).ShouldNotBeNull();
            var (success, text) = await engine.ExecuteAsync(container, "rabbitmqctl", "eval", expression);
            success.ShouldBeTrue(text);
            return;
        }

        // Debian's command of that name wants to be root or rabbitmq; the real one is there.
        const string Debian = "/usr/lib/rabbitmq/bin/rabbitmqctl";
        var start = new ProcessStartInfo(File.Exists(Debian) ? Debian : "rabbitmqctl", ["-n", $"{ResourceNames.Messaging}@localhost", "eval", expression])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The node's own cookie and port mapper.
        start.Environment["HOME"] = graph.DataOf(ResourceNames.Messaging);
        start.Environment["ERL_EPMD_PORT"] = graph.App.GetEndpoint(ResourceNames.Messaging, "epmd").Port.ToString(CultureInfo.InvariantCulture);
        using var command = Process.Start(start)!;
        var said = command.StandardOutput.ReadToEndAsync();
        var error = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(0, await said + error);
    }

    private sealed class Alarm(TravelGraph graph) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await graph.EvaluateAsync("rabbit_alarm:clear_alarm({resource_limit, memory, node()}).");
    }
}
