using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Travel.Domain.Outbox;

namespace Travel.Domain.Caching;

/// <summary>
/// Tells of touched tags right after the commit, before whoever wrote has their answer, and wakes the relay. If the process dies in between, or
/// does not come to know that it has committed, the outbox still has the row.
/// </summary>
internal sealed class TellAfterCommit(TagInvalidation invalidation, OutboxSignal outbox) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        TellAsync(eventData.Context);

    /// <summary>A save without a transaction of its caller's has committed by now.</summary>
    public async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { Database.CurrentTransaction: null })
        {
            await TellAsync(eventData.Context);
        }

        return result;
    }

    private async Task TellAsync(DbContext? context)
    {
        // What is still to be saved belongs to a transaction to come.
        var told = context is null ? [] : TouchedTags.TouchesIn(context, EntityState.Unchanged);
        foreach (var touch in told)
        {
            touch.State = EntityState.Detached;
            outbox.Wake();
            await invalidation.TellAsync(touch.Entity.Id, TouchedTags.TagsOf(touch.Entity));
        }
    }
}
