using Microsoft.Extensions.Options;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class MailThrottleTests
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

    [Fact]
    public void Mails_go_one_after_another_evenly_over_the_minute()
    {
        var throttle = Throttle(perMinute: 120);

        Turns(throttle, 4).ShouldBe([0, 0.5, 1, 1.5]);
        clock.Pass(TimeSpan.FromSeconds(1.2));
        Turns(throttle, 2).ShouldBe([0.8, 1.3]);
    }

    [Fact]
    public void Time_in_which_nothing_was_sent_is_not_made_up_for()
    {
        var throttle = Throttle(perMinute: 60);
        Turns(throttle, 1);
        clock.Pass(TimeSpan.FromHours(1));

        Turns(throttle, 3).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Whoever_would_wait_for_longer_than_a_lease_gets_no_turn_and_takes_none()
    {
        var throttle = Throttle(perMinute: 1);

        Turns(throttle, 4).ShouldBe([0, 60, null, null]);
        clock.Pass(TimeSpan.FromMinutes(1));
        Turns(throttle, 2).ShouldBe([60, null]);
    }

    [Fact]
    public async Task Such_a_mail_waits_with_the_broker_and_uses_up_no_attempt()
    {
        var throttle = Throttle(perMinute: 1);
        Turns(throttle, 2);

        await Should.ThrowAsync<NotThisMinuteException>(() => throttle.WaitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_limit_nobody_waits()
    {
        var throttle = Throttle(perMinute: 0);

        foreach (var _ in Enumerable.Range(0, 1000))
        {
            await throttle.WaitAsync(CancellationToken.None);
        }
    }

    private MailThrottle Throttle(int perMinute) => new(Options.Create(new MailOptions { MostPerMinute = perMinute, Lease = TimeSpan.FromMinutes(1) }), clock);

    private static IEnumerable<double?> Turns(MailThrottle throttle, int mails) => [.. Enumerable.Range(0, mails).Select(_ => throttle.TakeTurn()?.TotalSeconds)];
}
