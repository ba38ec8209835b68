using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Travel.Contracts.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// Fetches one calendar and brings its nights up to date. Claimed first, so that nobody else fetches it; fetched outside any
/// transaction; written in one short one, in the listing's turn. A failed fetch changes no night: what was said last still counts.
/// Whatever goes wrong, the import is noted as tried and due later: one calendar must not keep the others waiting for ever.
/// </summary>
public sealed partial class RefreshImport(
    TravelDbContext db, ListingTurn turn, CalendarDownload download, IOptions<ImportOptions> options, TimeProvider clock, ILogger<RefreshImport> logger)
{
    /// <summary>How long it may take from claim to commit, and so after how long another may take over what a dead process left.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    /// <summary>How far back nights are still told apart, for the host to look back at.</summary>
    private const int DaysBack = 31;

    private const string OurFault = "Something went wrong on our side. We look again by ourselves.";

    /// <summary>Refreshes the import now, if it is this listing's and has not been tried just before.</summary>
    public async Task<RefreshImportOutcome> NowAsync(Guid listingId, Guid importId, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(listingId, importId, cancellationToken) is { } import)
        {
            return new RefreshImportOutcome.Refreshed(await RefreshAsync(import, cancellationToken));
        }

        var known = await db.CalendarImports.AsNoTracking()
            .SingleOrDefaultAsync(found => found.Id == importId && found.ListingId == listingId, cancellationToken);
        return known is null
            ? new RefreshImportOutcome.NoSuchImport()
            : new RefreshImportOutcome.TooSoon(
                known.TriedAt + options.Value.RefreshNowEvery - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(5));
    }

    /// <returns>Null when the listing has no such import, or it has been tried just before or is being tried.</returns>
    internal async Task<CalendarImport?> ClaimAsync(Guid listingId, Guid importId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var latest = now - options.Value.RefreshNowEvery;
        var claimed = await db.CalendarImports.FromSql(
            $"""
            UPDATE calendar_imports SET claimed_until = {now + Claim}
            WHERE id = {importId} AND listing_id = {listingId} AND (claimed_until IS NULL OR claimed_until <= {now}) AND (tried_at IS NULL OR tried_at <= {latest})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return claimed is [var import] ? import : null;
    }

    /// <summary>Claims the import that has been due for longest, to be refreshed.</summary>
    /// <returns>Null when none is due.</returns>
    internal async Task<CalendarImport?> ClaimDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claimed = await db.CalendarImports.FromSql(
            $"""
            UPDATE calendar_imports SET claimed_until = {now + Claim}
            WHERE id = (
                SELECT id FROM calendar_imports
                WHERE due_at <= {now} AND (claimed_until IS NULL OR claimed_until <= {now})
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return claimed is [var import] ? import : null;
    }

    /// <returns>False when the host took the import away meanwhile, or another process took over.</returns>
    internal async Task<bool> RefreshAsync(CalendarImport claimed, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeOverAsync(claimed, await download.ExecuteAsync(claimed.Url, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Broken(logger, exception, claimed.Id, claimed.ListingId);
            return await NoteAsync(claimed, reading: null, OurFault, cancellationToken);
        }
    }

    /// <summary>What follows the download: reads what came and lets it count.</summary>
    internal async Task<bool> TakeOverAsync(CalendarImport claimed, CalendarDownloadOutcome downloaded, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.AsNoTracking().SingleAsync(found => found.Id == claimed.ListingId, cancellationToken);
        var (reading, problem) = Read(downloaded, listing);
        Log.Tried(logger, claimed.Id, claimed.ListingId, reading?.Events.Count, problem);
        return await NoteAsync(claimed, reading, problem, cancellationToken);
    }

    private (CalendarReading.Read? Reading, string? Problem) Read(CalendarDownloadOutcome downloaded, Listing listing)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(listing.TimeZone);
        var today = listing.TodayAt(clock.GetUtcNow());
        var bounds = new NightRange(today.AddDays(-DaysBack), today.AddYears(StayRequest.YearsAhead).AddDays(1));
        return downloaded switch
        {
            CalendarDownloadOutcome.Failed(var problem) => (null, problem),
            CalendarDownloadOutcome.Fetched(var text) => CalendarReader.Read(text, listing.Id, zone, bounds) switch
            {
                CalendarReading.Read read => (read, null),
                CalendarReading.TooMany => (null, $"It has more than {CalendarReader.MostEvents} events."),
                _ => (null, "What is there is not an iCalendar file, or only half of one."),
            },
            var unknown => throw new InvalidOperationException($"Unknown outcome {unknown.GetType().Name}."),
        };
    }

    private Task<bool> NoteAsync(CalendarImport claimed, CalendarReading.Read? reading, string? problem, CancellationToken cancellationToken) =>
        turn.TakeAsync(claimed.ListingId, (_, token) => WriteAsync(claimed, reading, problem, token), cancellationToken);

    private async Task<bool> WriteAsync(CalendarImport claimed, CalendarReading.Read? reading, string? problem, CancellationToken cancellationToken)
    {
        var import = await db.CalendarImports.SingleOrDefaultAsync(
            found => found.Id == claimed.Id && found.ClaimedUntil == claimed.ClaimedUntil, cancellationToken);
        if (import is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        if (reading is null)
        {
            import.Failed(problem ?? OurFault, options.Value.RefreshEvery, now);
        }
        else
        {
            import.Succeeded(options.Value.RefreshEvery, now);
            import.Notes = [.. reading.Notes];
            await KeepAsync(import.Id, [.. reading.Events], now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (reading is not null)
        {
            await db.SettleImportsAsync(import.ListingId, now, cancellationToken);
        }

        return true;
    }

    /// <summary>Writes only what has changed: most calendars are as they were an hour ago.</summary>
    private async Task KeepAsync(Guid importId, HashSet<EventNights> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.ImportedEvents.Where(found => found.ImportId == importId).ToListAsync(cancellationToken);
        db.ImportedEvents.RemoveRange(known.Where(found => !events.Remove(new EventNights(found.Uid, found.Nights))));
        db.ImportedEvents.AddRange(events.Select(fresh => new ImportedEvent
        {
            Id = Guid.CreateVersion7(now),
            ImportId = importId,
            Uid = fresh.Uid,
            FromOn = fresh.Nights.From,
            ToOn = fresh.Nights.To,
        }));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Import {ImportId} of listing {ListingId} was fetched: {Events} events. {Problem}")]
        public static partial void Tried(ILogger logger, Guid importId, Guid listingId, int? events, string? problem);

        [LoggerMessage(LogLevel.Error, "Refreshing import {ImportId} of listing {ListingId} failed on our side")]
        public static partial void Broken(ILogger logger, Exception exception, Guid importId, Guid listingId);
    }
}

public abstract record RefreshImportOutcome
{
    private RefreshImportOutcome()
    {
    }

    /// <param name="IsWritten">False when the host took it away meanwhile.</param>
    public sealed record Refreshed(bool IsWritten) : RefreshImportOutcome;

    public sealed record TooSoon(TimeSpan RetryAfter) : RefreshImportOutcome;

    public sealed record NoSuchImport : RefreshImportOutcome;
}
