using System.Globalization;
using Travel.Bench.Measures;

namespace Travel.Tests.Bench;

public sealed class ProcessTimesTests
{
    [Fact]
    public void A_process_s_time_is_its_own_in_both_modes_and_that_of_children_it_has_waited_for() =>
        ProcessTimes.Parse(Stat(42, "postgres", parent: 7, user: 100, kernel: 20, childrenUser: 3000, childrenKernel: 400))
            .ShouldBe(new ProcessTimes(42, 7, TimeSpan.FromSeconds(35.2)));

    [Theory]
    [InlineData("a name (with) brackets")]
    [InlineData(") 1 2 3 (")]
    public void A_process_may_call_itself_what_it_likes(string name) =>
        ProcessTimes.Parse(Stat(42, name, parent: 7, user: 100)).ShouldBe(new ProcessTimes(42, 7, TimeSpan.FromSeconds(1)));

    [Fact]
    public void A_tree_is_all_that_descend_from_its_root_and_nobody_else()
    {
        ProcessTimes[] all =
        [
            new(1, 0, TimeSpan.FromSeconds(1000)),
            new(10, 1, TimeSpan.FromSeconds(1)),
            new(11, 10, TimeSpan.FromSeconds(2)),
            new(12, 11, TimeSpan.FromSeconds(4)),
            new(20, 1, TimeSpan.FromSeconds(500)),
        ];

        ProcessTimes.OfTree(10, all).ShouldBe(TimeSpan.FromSeconds(7));
        ProcessTimes.OfTree(12, all).ShouldBe(TimeSpan.FromSeconds(4));
        ProcessTimes.OfTree(99, all).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void What_a_child_has_used_is_not_lost_with_its_end()
    {
        var before = ProcessTimes.OfTree(1, [ProcessTimes.Parse(Stat(1, "postmaster", 0, user: 100)), ProcessTimes.Parse(Stat(2, "backend", 1, user: 50))]);
        var after = ProcessTimes.OfTree(1, [ProcessTimes.Parse(Stat(1, "postmaster", 0, user: 100, childrenUser: 50))]);

        after.ShouldBe(before);
    }

    [Fact]
    public void Processes_are_read_where_the_kernel_shows_them_and_one_that_has_just_ended_is_passed_over()
    {
        var proc = Directory.CreateTempSubdirectory("travel-tests-");
        try
        {
            File.WriteAllText(Path.Combine(proc.CreateSubdirectory("5").FullName, "stat"), Stat(5, "five", 1, user: 100));
            proc.CreateSubdirectory("6");
            File.WriteAllText(Path.Combine(proc.CreateSubdirectory("self").FullName, "stat"), Stat(5, "five", 1, user: 100));

            ProcessTimes.OfAll(proc.FullName).ShouldBe([new ProcessTimes(5, 1, TimeSpan.FromSeconds(1))]);
        }
        finally
        {
            proc.Delete(recursive: true);
        }
    }

    [Fact]
    public void This_very_process_has_used_some() =>
        ProcessTimes.OfTree(Environment.ProcessId, ProcessTimes.OfAll()).ShouldBeGreaterThan(TimeSpan.Zero);

    /// <summary>As the kernel writes it: what is of no interest here is 9.</summary>
    private static string Stat(int id, string name, int parent, int user = 0, int kernel = 0, int childrenUser = 0, int childrenKernel = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{id} ({name}) S {parent} 9 9 9 9 9 9 9 9 9 {user} {kernel} {childrenUser} {childrenKernel} 20 0 9 0 9 9 9\n");
}
