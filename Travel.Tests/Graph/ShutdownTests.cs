using Travel.Tests.Fixtures;

namespace Travel.Tests.Graph;

/// <summary>The AppHost as a person starts it: a process of its own, with the dashboard, ended from outside.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class ShutdownTests(ShutdownTests.Data data) : IClassFixture<ShutdownTests.Data>
{
    private static readonly string[] Members =
        ["postgres", "redis-server", "beam.smp", "epmd", "node", "Travel.Api", "Travel.Web", "Travel.Worker"];

    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task However_the_AppHost_is_ended_no_process_stays_behind(string signal)
    {
        await using var host = await HostProcess.StartAsync(data.Folder);
        await Eventually.GetAsync(
            () => Task.FromResult(string.Join(", ", Members.Except(host.Family().Select(member => member.Name), StringComparer.Ordinal))),
            missing => missing.Length == 0,
            TimeSpan.FromSeconds(30),
            "Everybody there");

        await host.EndAsync(signal);

        await Eventually.GetAsync(
            () => Task.FromResult(string.Join(", ", host.Family())),
            left => left.Length == 0,
            TimeSpan.FromSeconds(30),
            $"Nothing left after SIG{signal}");
    }

    /// <summary>Kept from one start to the next: whatever ended the last one, the servers find their files again.</summary>
    public sealed class Data : IDisposable
    {
        public DirectoryInfo Folder { get; } = ThrowAwayData.Folder();

        public void Dispose() => Folder.Delete(recursive: true);
    }
}
