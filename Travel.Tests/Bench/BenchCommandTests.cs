using Travel.Bench.Command;

namespace Travel.Tests.Bench;

public sealed class BenchCommandTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private BenchArguments? ran;

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task What_is_not_said_is_what_is_usual()
    {
        (await RunAsync(["one", "--rate", "50", "--short"])).ShouldBe(BenchCommand.Done);

        ran!.Number("rate").ShouldBe(50);
        ran.Number("seconds").ShouldBe(20);
        ran.IsThere("short").ShouldBeTrue();
        output.ToString().ShouldStartWith("## one --rate 50 --seconds 20 --short");
    }

    [Fact]
    public async Task A_flag_that_is_not_given_is_not_there()
    {
        await RunAsync(["one"]);

        ran!.IsThere("short").ShouldBeFalse();
        ran.ToString().ShouldBe("--rate 5 --seconds 20");
    }

    [Theory]
    [InlineData("There is no option '--speed'.", "one", "--speed", "5")]
    [InlineData("There is no option '5'.", "one", "5")]
    [InlineData("takes a whole number above zero, not 'fast'.", "one", "--rate", "fast")]
    [InlineData("takes a whole number above zero, not '0'.", "one", "--rate", "0")]
    [InlineData("takes a whole number above zero, not ''.", "one", "--rate")]
    public async Task What_is_not_understood_is_said_in_a_sentence_and_nothing_runs(string sentence, params string[] args)
    {
        (await RunAsync(args)).ShouldBe(BenchCommand.NotUnderstood);

        ran.ShouldBeNull();
        errors.ToString().ShouldContain(sentence);
        errors.ToString().ShouldContain("--rate: bookings a second");
    }

    [Theory]
    [InlineData]
    [InlineData("two")]
    public async Task Without_the_name_of_a_bench_it_says_which_there_are(params string[] args)
    {
        (await RunAsync(args)).ShouldBe(BenchCommand.NotUnderstood);

        errors.ToString().ShouldContain("one --rate 5 --seconds 20 [--short]");
    }

    [Fact]
    public async Task A_bench_that_finds_something_wrong_fails() => (await RunAsync(["one"], isGood: false)).ShouldBe(BenchCommand.NotAsItMustBe);

    [Fact]
    public async Task One_that_is_interrupted_says_so_and_nothing_more()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();

        (await RunAsync(["one"], cancellationToken: interruption.Token)).ShouldBe(BenchCommand.Interrupted);

        errors.ToString().ShouldBe("Interrupted." + Environment.NewLine);
    }

    private Task<int> RunAsync(string[] args, bool isGood = true, CancellationToken cancellationToken = default)
    {
        var bench = new BenchEntry(
            "one",
            "Measures nothing.",
            [new BenchOption("rate", "bookings a second", 5), new BenchOption("seconds", "how long", 20), new BenchOption("short", "less", Usual: null)],
            (arguments, _, token) =>
            {
                token.ThrowIfCancellationRequested();
                ran = arguments;
                return Task.FromResult(isGood);
            });
        return new BenchCommand(bench).RunAsync(args, output, errors, cancellationToken);
    }
}
