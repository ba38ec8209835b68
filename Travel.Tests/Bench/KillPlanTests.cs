using Travel.Bench.Soak;
using Travel.Contracts;

namespace Travel.Tests.Bench;

public sealed class KillPlanTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    public static TheoryData<int, int> SeedsAndSeconds()
    {
        var data = new TheoryData<int, int>();
        foreach (var seed in Enumerable.Range(1, 20))
        {
            data.Add(seed, 25);
            data.Add(seed, 250);
        }

        return data;
    }

    [Fact]
    public void The_same_seed_kills_the_same_at_the_same_moments_and_another_does_not()
    {
        KillPlan.Of(7, Long).ShouldBe(KillPlan.Of(7, Long));
        KillPlan.Of(7, Long).ShouldNotBe(KillPlan.Of(8, Long));
    }

    [Theory]
    [MemberData(nameof(SeedsAndSeconds))]
    public void Nobody_is_killed_who_has_not_been_started_again_and_at_the_end_everybody_has(int seed, int seconds)
    {
        foreach (var kills in KillPlan.Of(seed, TimeSpan.FromSeconds(seconds)).GroupBy(kill => kill.Resource))
        {
            var backAt = TimeSpan.Zero;
            foreach (var kill in kills)
            {
                kill.At.ShouldBeGreaterThanOrEqualTo(backAt);
                backAt = kill.BackAt;
            }

            backAt.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [MemberData(nameof(SeedsAndSeconds))]
    public void The_worker_dies_more_than_once_the_broker_at_all_and_the_database_once(int seed, int seconds)
    {
        var deaths = KillPlan.Of(seed, TimeSpan.FromSeconds(seconds)).CountBy(kill => kill.Resource).ToDictionary();

        deaths[ResourceNames.Worker].ShouldBeGreaterThan(1);
        deaths[ResourceNames.Messaging].ShouldBeGreaterThan(0);
        deaths[ResourceNames.Postgres].ShouldBe(1);
        deaths.Count.ShouldBe(3);
    }

    [Fact]
    public void The_longer_the_bookings_go_on_the_more_often_somebody_dies() =>
        KillPlan.Of(1, Long).Count.ShouldBeGreaterThan(3 * KillPlan.Of(1, TimeSpan.FromSeconds(25)).Count);
}
