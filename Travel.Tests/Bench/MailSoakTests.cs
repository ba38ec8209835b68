using Travel.Bench.Bookings;
using Travel.Bench.Soak;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bench;

[Collection(TravelGraph.Outages)]
public sealed class MailSoakTests(TravelGraph graph)
{
    private const int Seed = 1;

    /// <summary>
    /// The same as <c>bench/run mail-soak --short</c>, but in a graph with other tests and with its mail catcher. They have left rows there that
    /// break rules on purpose, so the rules are looked at by the bench alone.
    /// </summary>
    [Fact]
    public async Task With_worker_broker_and_database_killed_at_random_every_booking_ends_as_each_of_its_mails_exactly_once()
    {
        var run = new SoakRun(graph.App, TravelGraph.AccessTokenKey, _ => graph.Mailbox.ArrivalsAsync(BookingGround.MailDomain), TimeProvider.System, isAlone: false);

        var verdict = await run.GoAsync(SoakSize.Short, Seed, CancellationToken.None);

        verdict.Failures.ShouldBeEmpty();
        verdict.Bookings.ShouldBe(SoakSize.Short.Bookings);
        verdict.Deaths.ShouldBe(KillPlan.Of(Seed, SoakSize.Short.Duration).Count);
        verdict.Mails.ShouldBeGreaterThanOrEqualTo(2 * verdict.Bookings);
    }
}
