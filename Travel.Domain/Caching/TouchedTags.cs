using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Outbox;

namespace Travel.Domain.Caching;

/// <summary>
/// How code that writes says what it has changed. The tags go into one row of the outbox, with the change; the process that has committed tells of
/// them at once (<see cref="TellAfterCommit"/>), and the outbox tells all processes once more.
/// </summary>
public static class TouchedTags
{
    /// <summary>In the change's transaction, before its last save; may be said more than once.</summary>
    public static void Touches(this TravelDbContext db, DateTimeOffset now, params IEnumerable<string> tags)
    {
        var named = tags.ToList();
        if (named.Count == 0)
        {
            return;
        }

        if (db.UnsavedTouch() is { } unsaved)
        {
            var all = TagsOf(unsaved.Entity).Union(named, StringComparer.Ordinal).ToList();
            unsaved.Property(message => message.Body).CurrentValue = JsonSerializer.Serialize(new CacheTagsTouched(all), TravelJson.Options);
        }
        else
        {
            db.Outbox.Add(OutboxMessage.Of(new CacheTagsTouched(named), now));
        }
    }

    /// <summary>For changes that are made by statements, and save nothing else.</summary>
    internal static async Task SaveTouchAsync(this TravelDbContext db, CancellationToken cancellationToken)
    {
        if (db.UnsavedTouch() is not null)
        {
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    internal static List<EntityEntry<OutboxMessage>> TouchesIn(DbContext db, EntityState state)
    {
        // Messages are added and saved, and what is tracked of them is changed through its entry: nothing has to be compared with what it was.
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. db.ChangeTracker.Entries<OutboxMessage>().Where(entry => entry.State == state && entry.Entity.RoutingKey == CacheTagsTouched.RoutingKey)];
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    internal static IReadOnlyList<string> TagsOf(OutboxMessage message) => JsonSerializer.Deserialize<CacheTagsTouched>(message.Body, TravelJson.Options)!.Tags;

    private static EntityEntry<OutboxMessage>? UnsavedTouch(this TravelDbContext db) => TouchesIn(db, EntityState.Added) is [var touch, ..] ? touch : null;
}
