using Aspire.Hosting.Testing;
using Travel.Contracts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Graph;

[Collection(TravelGraph.Outages)]
public sealed class ReplicaTests(TravelGraph graph)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task One_Api_replica_killed_under_load_fails_no_request_after_the_first_second()
    {
        await using var load = new Load(new Uri(graph.App.GetEndpoint(ResourceNames.Api, "http"), "/api/v1/listings?limit=1"));
        await Eventually.GetAsync(() => Task.FromResult(load.Requests.Count), count => count > 100, TimeSpan.FromSeconds(60), "A load worth the name");
        var killed = load.Now;

        await graph.KillAsync(ResourceNames.Api, atMost: 1);
        await UntilAsync(load, killed + Grace + After);
        await graph.StartAsync(ResourceNames.Api);
        await UntilAsync(load, load.Now + After);
        await load.StopAsync();

        var failed = load.Requests.Where(request => request.Failure is not null).ToList();
        failed.ShouldAllBe(request => request.Ended > killed && request.Ended < killed + Grace);
    }

    [Fact]
    public async Task The_worker_killed_and_started_again_goes_on_where_it_was()
    {
        using var guest = await graph.GuestAsync();
        await graph.KillAsync(ResourceNames.Worker);

        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await graph.StartAsync(ResourceNames.Worker);

        (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference)).ShouldHaveSingleItem();
    }

    private static Task<TimeSpan> UntilAsync(Load load, TimeSpan at) =>
        Eventually.GetAsync(() => Task.FromResult(load.Now), now => now >= at, at + at, $"Load until {at}");
}
