using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Travel.Contracts.Errands;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Errands;
using Travel.Domain.Outbox;
using Travel.Worker.Errands;

namespace Travel.Tests.Fixtures;

/// <summary>Errands in a database of their own, with a clock that the test sets. Every worker is one that the test plays.</summary>
public sealed class ErrandHouse(DatabaseServer server) : IAsyncLifetime
{
    internal static readonly ErrandOptions Options = new() { Attempts = 2 };

    private readonly User @operator = Persons.New(Role.Operator);
    private TravelDbContext? owner;

    internal SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

    internal Guid Operator => @operator.Id;

    public async Task InitializeAsync()
    {
        owner = await SeededDatabase.EmptyAsync(server, $"errands_{Guid.NewGuid():N}");
        await using var db = Database();
        db.Users.Add(@operator);
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await owner!.Database.EnsureDeletedAsync();
        await owner.DisposeAsync();
    }

    /// <summary>Tried again as the services do.</summary>
    internal TravelDbContext Database(params IInterceptor[] interceptors)
    {
        var options = new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(owner!.Database.GetConnectionString()).AddInterceptors(interceptors);
        DatabaseClient.Configure(options);
        return new TravelDbContext(options.Options);
    }

    internal async Task<Guid> RequestAsync(ErrandKind kind = ErrandKind.PhotoCheck, ErrandArguments? arguments = null)
    {
        await using var db = Database();
        var outcome = await new RequestErrand(db, new OutboxSignal(), Clock)
            .ExecuteAsync(Operator, kind, arguments ?? new ErrandArguments(), Guid.NewGuid().ToString(), CancellationToken.None);
        return outcome.ShouldBeOfType<RequestErrandOutcome.Requested>().Errand.Id;
    }

    /// <summary>As a worker does whom the message has come to.</summary>
    internal async Task<Errand> RunAsync(
        Guid errand, Func<TravelDbContext, IErrandWork> work, TimeSpan? lease = null, IInterceptor? meanwhile = null, CancellationToken cancellationToken = default)
    {
        await using var db = meanwhile is null ? Database() : Database(meanwhile);
        await new RunErrand(Claims(db, lease), [work(db)], Clock, NullLogger<RunErrand>.Instance).ExecuteAsync(errand, cancellationToken);
        return await FindAsync(errand);
    }

    internal Task<Errand> RunAsync(
        Guid errand, Func<ErrandRun, CancellationToken, Task> script, TimeSpan? lease = null, CancellationToken cancellationToken = default) =>
        RunAsync(errand, _ => new ScriptedWork(script), lease, cancellationToken: cancellationToken);

    internal ErrandClaims Claims(TravelDbContext db, TimeSpan? lease = null) => new(
        db, Microsoft.Extensions.Options.Options.Create(new ErrandOptions { Attempts = Options.Attempts, Lease = lease ?? Options.Lease }), Clock);

    internal async Task<Errand?> CancelAsync(Guid errand)
    {
        await using var db = Database();
        return await new CancelErrand(db, Clock).ExecuteAsync(Operator, errand, CancellationToken.None);
    }

    internal async Task<Errand> FindAsync(Guid errand)
    {
        await using var db = Database();
        return await db.Errands.AsNoTracking().SingleAsync(row => row.Id == errand);
    }

    /// <summary>What has been written so far.</summary>
    internal async Task<string> FileAsync(Guid errand)
    {
        await using var db = Database();
        var parts = await db.ErrandFileParts.Where(part => part.ErrandId == errand).OrderBy(part => part.Number).Select(part => part.Content).ToListAsync();
        return Encoding.UTF8.GetString([.. parts.SelectMany(part => part)]);
    }
}

/// <summary>Work that does what the test wants.</summary>
internal sealed class ScriptedWork(Func<ErrandRun, CancellationToken, Task> script) : IErrandWork
{
    public static readonly ErrandResult Result = new("All is well.", "result.csv");

    public ErrandKind Kind => ErrandKind.PhotoCheck;

    public async Task<ErrandResult> ExecuteAsync(ErrandRun run, CancellationToken cancellationToken)
    {
        await script(run, cancellationToken);
        return Result;
    }
}

/// <summary>A worker that comes to its end as it is about to read a table for the last time.</summary>
/// <param name="reads">How often it has read from it before.</param>
internal sealed class DiesReading(string table, int reads) : DbCommandInterceptor
{
    public const string Word = "That was its end.";

    private int seen;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        command.CommandText.Contains($"FROM {table}", StringComparison.Ordinal) && seen++ == reads ? throw new InvalidOperationException(Word) : new(result);
}
