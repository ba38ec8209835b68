using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Idempotency;

/// <summary>How long a request may be repeated. Section <c>Idempotency</c>.</summary>
public sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>For how long a repeated request gets the first one's answer. A day by default: no client retries longer.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepAnswers { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>Forgets answers that nobody will ask for again. The same key is another request from then on.</summary>
public sealed class PruneIdempotencyKeys(TravelDbContext db, IOptions<IdempotencyOptions> options, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.KeepAnswers;
        return db.IdempotencyKeys.Where(key => key.CreatedAt < before).OrderBy(key => key.CreatedAt).PruneAsync(cancellationToken);
    }
}
