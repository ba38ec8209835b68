using Travel.Domain;

namespace Travel.Tests.Resilience;

public sealed class BackOffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(5, 10)]
    [InlineData(1_000_000, 10)]
    public void The_wait_after_a_failure_doubles_up_to_the_longest(int failures, int days) =>
        BackOff.After(failures, TimeSpan.FromDays(1), TimeSpan.FromDays(10)).ShouldBe(TimeSpan.FromDays(days));
}
