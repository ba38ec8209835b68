using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain;

namespace Travel.Bench.Bookings;

/// <summary>
/// PostgreSQL's own program for benches: what the database alone can do with the statements of a booking. It has places and people of its own, whose
/// nights lie in another century.
/// </summary>
internal sealed class PgBench(string program, TravelDbContext db, int clients)
{
    private const string Installed = "/usr/lib/postgresql";

    private readonly int placesOfEach = Math.Max(1, BookingGround.Wide / clients);
    private int runs;

    /// <summary>What each of its transactions is.</summary>
    public static string Script { get; } = ReadScript();

    /// <summary>The newest beside the servers, as Debian keeps them; null if there is none.</summary>
    /// <remarks>What Debian has on the path is a script, which takes more time to start.</remarks>
    public static string? Find() => !Directory.Exists(Installed)
        ? null
        : Directory.EnumerateDirectories(Installed)
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin", "pgbench"))
            .FirstOrDefault(File.Exists);

    /// <summary>The places, hosts and guests that the script counts on: of each their number, and a letter that says what it is.</summary>
    public Task LayAsync(CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled,
            lockout_enabled, access_failed_count, display_name, role, created_at)
        SELECT lpad(n::text, 32, letter)::uuid, name, upper(name), name, upper(name), true, false, false, true, 0, 'Somebody', role, now()
        FROM (
            SELECT n, letter, role, 'pgbench-' || letter || n || '@bench.example.org' AS name
            FROM generate_series(0, {placesOfEach * clients} - 1) n, (VALUES ('a', 'Guest'), ('b', 'Host')) kinds (letter, role)
        ) people;

        INSERT INTO sessions (id, user_id, created_at, last_used_at)
        SELECT id, id, now(), now() FROM users WHERE role = 'Guest' AND user_name LIKE 'pgbench-%';

        INSERT INTO listings (id, host_id, slug, title, description, type, status, city, country, latitude, longitude, time_zone, check_in_time, check_out_time,
            max_guests, bedrooms, min_nights, max_nights, price_per_night_minor_units, currency, cancellation_policy, payment_mode, booking_mode, amenities,
            created_at, published_at, version)
        SELECT lpad(n::text, 32, 'c')::uuid, lpad((n / 10)::text, 32, 'b')::uuid, 'pgbench-' || n, 'Lake house ' || n, 'A house at a lake.', 'House', 'Published',
            'Bahir Dar', 'Ethiopia', 11.594167, 37.3875, 'Africa/Addis_Ababa', '14:00', '11:00', 4, 2, 2, 30, 125000, 'ETB', 'Moderate', 'OnArrival', 'Instant',
            ARRAY['wifi'], now(), now(), 1
        FROM generate_series(0, {placesOfEach * clients} - 1) n;
        """,
        cancellationToken);

    /// <summary>Runs it for so long, and takes away what a relay would find afterwards.</summary>
    /// <exception cref="InvalidOperationException">It has not come to its end, or not all of it was taken.</exception>
    public async Task<PgBenchReport> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var output = await ExecuteAsync(Arguments(++runs, seconds), cancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM outbox_messages WHERE not_before = 'infinity'", cancellationToken);
        await db.Database.ExecuteSqlRawAsync("VACUUM outbox_messages", cancellationToken);
        var report = PgBenchReport.Parse(output);
        return report.Failed == 0 ? report : throw new InvalidOperationException($"{report.Failed} of pgbench's transactions failed.");
    }

    private string[] Arguments(int run, int seconds) =>
    [
        "--no-vacuum", "--protocol=prepared", "--file=-",
        Number("--client=", clients), Number("--jobs=", Math.Min(clients, Environment.ProcessorCount)), Number("--time=", seconds),
        "--define=n=0", Number("--define=run=", run), Number("--define=places=", placesOfEach),
    ];

    private async Task<string> ExecuteAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString());
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = address.Host,
                ["PGPORT"] = address.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = address.Username,
                ["PGPASSWORD"] = address.Password,
                ["PGDATABASE"] = address.Database,
            },
        })!;
        await using var interruption = cancellationToken.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.StandardInput.WriteAsync(Script);
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {await errors}");
    }

    private static string Number(string option, int value) => option + value.ToString(CultureInfo.InvariantCulture);

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(PgBench).Assembly.GetManifestResourceStream("booking.sql")!);
        return reader.ReadToEnd();
    }
}
