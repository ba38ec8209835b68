using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;

namespace Travel.Domain.Operations;

/// <summary>Tells every operator what the last week brought. Run late, or again, it is still that week, and each is told once.</summary>
public sealed class ReportWeek(TravelDbContext db, TellOnce tell, TimeProvider clock)
{
    /// <returns>How many operators are told.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var (from, to) = WeeklyReport.LastBefore(clock.GetUtcNow());
        var operators = await db.Users.Where(user => user.Role == Role.Operator && user.EmailConfirmed && user.ErasedAt == null)
            .Select(user => user.Id).ToListAsync(cancellationToken);
        return await tell.ExecuteAsync(
            ReminderKind.WeeklyReport, operators.ConvertAll(person => new Due<WeeklyReportDue>(person, from, new WeeklyReportDue(person, from, to))), cancellationToken);
    }
}
