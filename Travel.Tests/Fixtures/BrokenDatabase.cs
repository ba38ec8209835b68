using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Operations;

namespace Travel.Tests.Fixtures;

/// <summary>A database of its own in which whatever keeps data sound has been taken away, so that it can be broken.</summary>
public sealed class BrokenDatabase(DatabaseServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset BookedAt = TimeProvider.System.GetUtcNow().AddDays(-1);
    private TravelDbContext? db;

    internal TravelDbContext Db => db ?? throw new InvalidOperationException("The database is not there yet.");

    public async Task InitializeAsync()
    {
        db = await SeededDatabase.EmptyAsync(server, $"broken_{Guid.NewGuid():N}");
        await Db.Database.ExecuteSqlAsync(
            $"""
            ALTER TABLE occupancies DROP CONSTRAINT occupancies_no_overlap;
            ALTER TABLE ledger_entries DISABLE TRIGGER USER;
            """);
    }

    public async Task DisposeAsync()
    {
        await Db.Database.EnsureDeletedAsync();
        await Db.DisposeAsync();
    }

    internal Task<IReadOnlyList<Breach>> CheckAsync()
    {
        Db.ChangeTracker.Clear();
        return new CheckInvariants(Db, NullLogger<CheckInvariants>.Instance).ExecuteAsync(CancellationToken.None);
    }

    /// <summary>A stay that was paid twice, and a session: all sound.</summary>
    internal async Task<BrokenScene> SceneAsync()
    {
        Db.ChangeTracker.Clear();
        var (stay, payment) = await OnlineStay.PaidAsync(Db, BookedAt);
        var refund = await stay.PaidTwiceAsync();
        var session = new Session { Id = Guid.CreateVersion7(), UserId = stay.Booking.GuestId, CreatedAt = BookedAt, LastUsedAt = BookedAt };
        Db.Sessions.Add(session);
        Db.RefreshTokens.Add(RefreshToken.Issue(session.UserId, session.Id, TimeSpan.FromDays(14), BookedAt).Row);
        await Db.SaveChangesAsync();
        return new BrokenScene(stay.Booking.Id, stay.Booking.ListingId, payment.Id, refund.Id, session.Id);
    }
}

internal sealed record BrokenScene(Guid Booking, Guid Listing, Guid Payment, Guid Refund, Guid Session)
{
    /// <summary>With the ids of this scene where the names stand.</summary>
    public string In(string sql) => sql
        .Replace(":booking", $"'{Booking}'", StringComparison.Ordinal)
        .Replace(":listing", $"'{Listing}'", StringComparison.Ordinal)
        .Replace(":payment", $"'{Payment}'", StringComparison.Ordinal)
        .Replace(":refund", $"'{Refund}'", StringComparison.Ordinal)
        .Replace(":session", $"'{Session}'", StringComparison.Ordinal);
}
