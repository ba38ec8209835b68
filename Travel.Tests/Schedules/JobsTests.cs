using System.Runtime.CompilerServices;
using Quartz;
using Travel.Domain.Schedules;

namespace Travel.Tests.Schedules;

public sealed class JobsTests
{
    [Fact]
    public void Every_job_has_a_name_of_its_own_that_can_be_in_an_address()
    {
        Jobs.All.Select(job => job.Name).ShouldBeUnique();
        Jobs.All.ShouldAllBe(job => job.Name.Length <= 60 && job.Name.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'));
    }

    [Fact]
    public void Every_default_is_a_time_that_comes() =>
        Jobs.All.ShouldAllBe(job => CronExpression.Parse(job.DefaultCron).GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) != null);

    [Fact]
    public void Every_job_is_in_the_readme_with_its_default()
    {
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "README.md"));

        Jobs.All.Where(job => !readme.Split('\n').Any(line => line.StartsWith($"| `{job.Name}` |", StringComparison.Ordinal) && line.Contains($"`{job.DefaultCron}`", StringComparison.Ordinal)))
            .Select(job => job.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("heartbeat", "Heartbeat")]
    [InlineData("prune-job-runs", "PruneJobRuns")]
    public void A_job_is_set_under_its_name_without_hyphens(string name, string setting) => Jobs.Find(name).ShouldNotBeNull().Setting.ShouldBe(setting);

    private static string Here([CallerFilePath] string file = "") => file;
}
