using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Mail;

/// <summary>Forgets what was told long ago and cannot become due again. Whom we have missed is never forgotten: they are written to once.</summary>
public sealed class PruneReminders(TravelDbContext db, TimeProvider clock)
{
    /// <summary>Far longer than any of it can be due: the longest is a week's report, until the next week is over.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Keep;
        return db.Reminders.Where(reminder => reminder.At < before && reminder.Kind != ReminderKind.Missed).OrderBy(reminder => reminder.At).PruneAsync(cancellationToken);
    }
}
