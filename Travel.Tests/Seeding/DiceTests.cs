using Travel.Worker.Seeding;

namespace Travel.Tests.Seeding;

public sealed class DiceTests
{
    /// <summary>Written down once: other numbers would be other demo data.</summary>
    [Fact]
    public void They_fall_the_same_way_on_every_machine_and_in_every_version()
    {
        var dice = new Dice("listing 1");

        Enumerable.Range(0, 6).Select(_ => dice.Roll(1000)).ShouldBe([475, 586, 918, 77, 662, 502]);
        dice.Id(DateTimeOffset.UnixEpoch.AddMilliseconds(0x0123456789AB)).ToString().ShouldBe("01234567-89ab-760c-9935-37be5f954f0d");
    }

    [Fact]
    public void Every_side_comes_up_about_as_often()
    {
        var dice = new Dice("fair");

        var rolls = Enumerable.Range(0, 60_000).CountBy(_ => dice.Roll(6)).ToDictionary();

        rolls.Keys.ShouldBe(Enumerable.Range(0, 6), ignoreOrder: true);
        rolls.Values.ShouldAllBe(count => count > 9_500 && count < 10_500);
    }

    [Fact]
    public void A_weight_of_nothing_never_comes_up()
    {
        var dice = new Dice("weights");

        Enumerable.Range(0, 1000).Select(_ => dice.Pick([0, 3, 0, 1], weight => weight)).Distinct().ShouldBe([3, 1], ignoreOrder: true);
    }
}
