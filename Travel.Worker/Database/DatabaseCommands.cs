using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Domain;
using Travel.ServiceDefaults;
using Travel.Worker.Seeding;

namespace Travel.Worker.Database;

/// <summary>
/// What prepares the database and then ends: <c>migrate</c> brings the schema up to date, <c>seed</c> loads the demo data
/// (development only). Both may be given, and both may be run again.
/// </summary>
internal static class DatabaseCommands
{
    private const string Migrate = "migrate";
    private const string Seed = "seed";

    public static bool AreIn(string[] args) => args.Any(arg => arg is Migrate or Seed);

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddNpgsqlDbContext<TravelDbContext>(ResourceNames.Database, settings => settings.DisableRetry = true, DatabaseRetries.Configure);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDemoData();

        if (args.Contains(Seed) && !builder.Environment.IsDevelopment())
        {
            await Console.Error.WriteLineAsync("Demo data is for development only; this is the environment " + builder.Environment.EnvironmentName + ".");
            return 1;
        }

        using var host = builder.Build();
        await host.StartAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            foreach (var command in args.Where(arg => arg is Migrate or Seed))
            {
                await (command == Migrate
                    ? scope.ServiceProvider.GetRequiredService<TravelDbContext>().Database.MigrateAsync()
                    : scope.ServiceProvider.GetRequiredService<SeedDemoData>().ExecuteAsync(CancellationToken.None));
            }
        }

        await host.StopAsync();
        return 0;
    }
}
