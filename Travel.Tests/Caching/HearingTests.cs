using Microsoft.Extensions.Options;
using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

public sealed class HearingTests
{
    private static readonly CachingOptions Defaults = new();
    private readonly SetClock clock = new(BookingHouse.Now);
    private readonly KnownTags known = new();
    private readonly Hearing hearing;
    private readonly KnownTag tag;

    public HearingTests()
    {
        hearing = new Hearing(known, Options.Create(Defaults), clock);
        tag = known.Of(["listings"])[1];
    }

    [Fact]
    public void A_process_hears_of_all_changes_only_with_both_servers_and_an_epoch_of_its_own()
    {
        Hears().ShouldBeFalse();
        hearing.BrokerHeard();
        hearing.Join(hearing.BeginJoin());
        Hears().ShouldBeFalse();
        hearing.Heard(hearing.Speak());
        Hears().ShouldBeTrue();

        hearing.BrokerLost();
        Hears().ShouldBeFalse();
    }

    [Fact]
    public void Deaf_it_believes_what_is_two_seconds_old_and_nothing_from_the_future()
    {
        Open();
        var created = clock.Now;
        clock.Pass(Defaults.DeafAfter);
        hearing.Believes(created.AddHours(-1), clock.Now).ShouldBeTrue();

        clock.Pass(TimeSpan.FromMilliseconds(1));
        hearing.Believes(created.AddHours(-1), clock.Now).ShouldBeFalse();
        var young = created.AddSeconds(1);
        hearing.Believes(young, clock.Now).ShouldBeTrue();

        hearing.Believes(clock.Now.AddTicks(1), clock.Now).ShouldBeFalse();
        clock.Now = young.AddSeconds(2);
        hearing.Believes(young, clock.Now).ShouldBeFalse();
    }

    [Fact]
    public void What_it_may_have_missed_it_has_to_ask_for()
    {
        Open();
        tag.Learn("1", tag.Stamp);
        hearing.Heard(hearing.Speak());
        tag.Version.ShouldBe("1");

        hearing.Speak();
        hearing.Heard(hearing.Speak());

        tag.Version.ShouldBeNull();
        Hears().ShouldBeTrue();
    }

    [Fact]
    public void After_a_break_only_what_was_said_since_shows_that_it_hears_again()
    {
        Open();
        var before = hearing.Speak();

        hearing.Doubt(leave: false);
        tag.Learn("1", tag.Stamp);
        hearing.Heard(before);
        Hears().ShouldBeFalse();
        hearing.Heard(hearing.Speak());

        Hears().ShouldBeTrue();
        tag.Version.ShouldBeNull();
    }

    [Fact]
    public void Whoever_has_lost_a_server_begins_another_epoch_however_soon_it_is_back()
    {
        Open();
        hearing.Doubt(leave: true);
        hearing.HasJoined.ShouldBeFalse();

        Open();
        hearing.BrokerLost();
        hearing.BrokerHeard();
        hearing.HasJoined.ShouldBeFalse();
    }

    [Fact]
    public void An_epoch_that_began_before_the_break_is_none_after_it()
    {
        var begun = hearing.BeginJoin();
        hearing.Doubt(leave: true);

        hearing.Join(begun);

        hearing.HasJoined.ShouldBeFalse();
    }

    private bool Hears() => hearing.HearsAll(clock.Now);

    private void Open()
    {
        hearing.BrokerHeard();
        hearing.Join(hearing.BeginJoin());
        hearing.Heard(hearing.Speak());
        Hears().ShouldBeTrue();
    }
}
