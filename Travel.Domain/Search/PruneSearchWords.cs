using Microsoft.EntityFrameworkCore;
using Travel.Domain.Caching;

namespace Travel.Domain.Search;

/// <summary>Forgets the words of titles and places that no published stay has any more: what one host once mistyped is no word that others mean.</summary>
/// <remarks>A stay that is published at this moment may lose a new word of its until it is next changed. Whoever writes that word still finds it, only not whoever mistypes it.</remarks>
public sealed class PruneSearchWords(TravelDbContext db, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            var pruned = await db.Database.ExecuteSqlAsync(
                $"""
                DELETE FROM search_words
                WHERE NOT EXISTS (SELECT FROM listings WHERE status = 'Published' AND words @@ to_tsquery('pg_catalog.english', quote_literal(word) || ':AB'))
                """,
                token);
            db.Touches(clock.GetUtcNow(), pruned > 0 ? [CacheTags.Listings] : []);
            return pruned;
        },
        cancellationToken);
}
