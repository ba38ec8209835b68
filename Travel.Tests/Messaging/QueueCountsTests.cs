using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Messaging;

[Collection(DatabaseServer.Collection)]
public sealed class QueueCountsTests(DatabaseServer server) : IDisposable
{
    private readonly string queue = $"test-{Guid.NewGuid():N}";
    private readonly QueueCounts counts = new();
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 42, TimeSpan.Zero));

    public void Dispose() => counts.Dispose();

    [Fact]
    public void What_is_counted_is_taken_once()
    {
        Work();

        Mine().ShouldBe(new QueueCount(queue, Published: 0, Taken: 3, Done: 1, Retried: 1, GivenUp: 1));
        Mine().ShouldBeNull();
    }

    [Fact]
    public void What_is_published_is_counted_for_the_outbox_and_for_each_queue_it_goes_to()
    {
        QueueMetrics.Published(BookingConfirmed.RoutingKey);

        var published = counts.Take();
        published.Single(count => count.Queue == QueueMinute.Outbox).Done.ShouldBeGreaterThanOrEqualTo(1);
        Topology.QueuesOf(BookingConfirmed.RoutingKey).ShouldAllBe(to => published.Single(count => count.Queue == to).Published > 0);
    }

    [Fact]
    public async Task What_several_write_down_in_one_minute_adds_up_and_what_was_sampled_stays()
    {
        await using var db = await SeededDatabase.EmptyAsync(server, $"minutes_{Guid.NewGuid():N}");
        try
        {
            db.QueueMinutes.Add(new QueueMinute { Queue = queue, At = QueueMinute.Of(clock.Now), Ready = 7 });
            await db.SaveChangesAsync();

            await FlushAsync(db.Database.GetConnectionString()!);
            await FlushAsync(db.Database.GetConnectionString()!);
            clock.Pass(TimeSpan.FromSeconds(20));
            await FlushAsync(db.Database.GetConnectionString()!);

            db.ChangeTracker.Clear();
            (await db.QueueMinutes.Where(minute => minute.Queue == queue).OrderBy(minute => minute.At).Select(minute => new { minute.At.Minute, minute.Ready, minute.Taken, minute.Done }).ToListAsync())
                .Select(minute => (minute.Minute, minute.Ready, minute.Taken, minute.Done)).ShouldBe([(30, 7, 6, 2), (31, null, 3, 1)]);
        }
        finally
        {
            await db.Database.EnsureDeletedAsync();
        }
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_kept()
    {
        // Nobody listens there (RFC 6335 has no service on 9 that answers).
        await FlushAsync("Host=127.0.0.1;Port=9;Timeout=1;Username=nobody");

        Mine().ShouldNotBeNull().Taken.ShouldBe(3);
    }

    private void Work()
    {
        foreach (var settle in new Action<string>[] { QueueMetrics.Done, QueueMetrics.Retried, QueueMetrics.GivenUp })
        {
            QueueMetrics.Taken(queue);
            settle(queue);
        }
    }

    private async Task FlushAsync(string database)
    {
        Work();
        await using var services = new ServiceCollection().AddDbContext<TravelDbContext>(options => options.UseNpgsql(database)).BuildServiceProvider();
        using var flush = new FlushQueueCounts(counts, services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<FlushQueueCounts>.Instance);
        await flush.FlushAsync(CancellationToken.None);
    }

    private QueueCount? Mine() => counts.Take().SingleOrDefault(count => count.Queue == queue);
}
