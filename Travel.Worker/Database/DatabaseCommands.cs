using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Console;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Operations;
using Travel.ServiceDefaults;
using Travel.Worker.Seeding;

namespace Travel.Worker.Database;

/// <summary>
/// What is done to the database and then ends: <c>migrate</c> brings the schema up to date, <c>seed</c> loads the demo data (development
/// only), <c>invariants</c> says what is not as it must be. All may be given, in any order, and all may be run again.
/// </summary>
internal static class DatabaseCommands
{
    private const string Migrate = "migrate";
    private const string Seed = "seed";
    private const string Check = "invariants";

    public static bool AreIn(string[] args) => args.Any(arg => arg is Migrate or Seed or Check);

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddNpgsqlDbContext<TravelDbContext>(ResourceNames.Database, settings => settings.DisableRetry = true, DatabaseClient.Configure);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDemoData();
        builder.Services.AddScoped<CheckInvariants>();
        if (args.Contains(Check))
        {
            // Its standard output is the answer, and nothing but the answer.
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        if (args.Contains(Seed) && !builder.Environment.IsDevelopment())
        {
            await Console.Error.WriteLineAsync("Demo data is for development only; this is the environment " + builder.Environment.EnvironmentName + ".");
            return 1;
        }

        var isSound = true;
        using var host = builder.Build();
        await host.StartAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            foreach (var command in args)
            {
                switch (command)
                {
                    case Migrate:
                        var database = scope.ServiceProvider.GetRequiredService<TravelDbContext>().Database;
                        // As long as it takes: an index of millions of rows is not made in the time that a page may take.
                        database.SetCommandTimeout(TimeSpan.Zero);
                        await database.MigrateAsync();
                        break;
                    case Seed:
                        await scope.ServiceProvider.GetRequiredService<SeedDemoData>().ExecuteAsync(CancellationToken.None);
                        break;
                    case Check:
                        isSound &= await TellAsync(await scope.ServiceProvider.GetRequiredService<CheckInvariants>().ExecuteAsync(CancellationToken.None));
                        break;
                }
            }
        }

        await host.StopAsync();
        return isSound ? 0 : 1;
    }

    /// <returns>Whether there is nothing to tell of.</returns>
    private static async Task<bool> TellAsync(IReadOnlyList<Breach> breaches)
    {
        foreach (var (invariant, count, rows) in breaches)
        {
            await Console.Out.WriteLineAsync($"Invariant {invariant.Number} is broken in {count} rows: {invariant.Rule}");
            foreach (var row in rows)
            {
                await Console.Out.WriteLineAsync("  " + row);
            }
        }

        if (breaches.Count == 0)
        {
            await Console.Out.WriteLineAsync($"All {Invariants.All.Count} rules hold.");
        }

        return breaches.Count == 0;
    }
}
