using Travel.Contracts.Errands;
using Travel.Tests.Fixtures;
using Travel.Web.Errands;

namespace Travel.Tests.Web;

public sealed class ErrandWordsTests
{
    private static readonly ErrandResponse Running = SampleErrand.Running(Guid.NewGuid(), DateTimeOffset.UnixEpoch, new DateOnly(2021, 8, 9)).ToResponse("Hanna");

    [Fact]
    public void An_errand_is_called_by_what_is_done_and_for_which_days()
    {
        ErrandWords.What(Running).ShouldBe("Ledger export, 9 Aug 2021 to 9 Aug 2021");
        ErrandWords.What(SampleErrand.Done(Guid.NewGuid(), DateTimeOffset.UnixEpoch).ToResponse("Hanna")).ShouldBe("Photo check");
    }

    [Fact]
    public void Waiting_after_a_failure_is_another_waiting_and_a_second_attempt_is_said_to_be_one()
    {
        var waiting = Running with { State = ErrandState.Waiting };

        ErrandWords.State(waiting).ShouldBe("Waits for a worker");
        ErrandWords.State(waiting with { LastError = "It failed." }).ShouldBe("Waits for its next attempt");
        ErrandWords.State(Running).ShouldBe("Running");
        ErrandWords.State(Running with { Attempts = 2 }).ShouldBe("Running, attempt 2");
    }

    [Fact]
    public void How_far_it_is_is_said_once_it_is_known_how_much_there_is()
    {
        ErrandWords.Progress(Running).ShouldBe("1,250 of 5,000");
        ErrandWords.Progress(Running with { Steps = null }).ShouldBeNull();
    }

    [Theory]
    [InlineData(999, "999 bytes")]
    [InlineData(2_345, "2.3 kB")]
    [InlineData(32_456_789, "32.5 MB")]
    public void A_size_is_said_in_what_it_is_of_the_order_of(long bytes, string size) => ErrandWords.Size(bytes).ShouldBe(size);
}
