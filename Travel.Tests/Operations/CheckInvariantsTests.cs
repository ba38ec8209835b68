using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Contracts;
using Travel.Contracts.Schedules;
using Travel.Domain;
using Travel.Domain.Operations;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(DatabaseServer.Collection)]
public sealed class CheckInvariantsTests(DatabaseServer server, BrokenDatabase broken) : IClassFixture<BrokenDatabase>
{
    private const string Rule = "Every change of a booking has its line in the history.";

    [Fact]
    public async Task The_command_prints_what_is_broken_and_fails_and_on_sound_data_says_so_in_one_line()
    {
        await using var sound = await SeededDatabase.EmptyAsync(server, $"sound_{Guid.NewGuid():N}");
        try
        {
            var (success, lines) = await RunAsync(sound);
            success.ShouldBe(0);
            lines.ShouldBe([$"All {Invariants.All.Count} rules hold."]);
        }
        finally
        {
            await sound.Database.EnsureDeletedAsync();
        }

        var booking = await BreakAsync();

        var (exitCode, output) = await RunAsync(broken.Db);

        exitCode.ShouldBe(1);
        output.ShouldContain(line => line.EndsWith(Rule, StringComparison.Ordinal));
        output.ShouldContain(line => line.StartsWith($"  {booking}: version ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_job_fails_on_a_breach_and_the_record_of_its_run_says_which_rule_it_was()
    {
        await BreakAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<TravelDbContext>(options => options.UseNpgsql(broken.Db.Database.GetConnectionString()));
        services.AddScoped<CheckInvariants>();
        await using var provider = services.BuildServiceProvider();

        await new RunJob(broken.Db, provider.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<RunJob>.Instance)
            .ExecuteAsync(Jobs.Find("check-invariants")!, JobCause.Schedule, "this test", nextRunAt: null, CancellationToken.None);

        var run = await broken.Db.JobRuns.AsNoTracking().SingleAsync();
        run.Outcome.ShouldBe(JobOutcome.Failed);
        run.Error.ShouldNotBeNull().ShouldContain(Rule);
    }

    private async Task<Guid> BreakAsync()
    {
        var scene = await broken.SceneAsync();
        await broken.Db.Bookings.Where(booking => booking.Id == scene.Booking).ExecuteUpdateAsync(booking => booking.SetProperty(row => row.Version, row => row.Version + 1));
        return scene.Booking;
    }

    private static async Task<(int ExitCode, IReadOnlyList<string> Output)> RunAsync(TravelDbContext database)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Travel.Tests", "Travel.Worker", StringComparison.Ordinal), "Travel.Worker.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "invariants"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [$"ConnectionStrings__{ResourceNames.Database}"] = database.Database.GetConnectionString() },
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
