using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;
using Travel.Domain.Schedules;

namespace Travel.Domain.Operations;

/// <summary>Tells every operator what the last week brought. Run late, or again, it is still that week, and each is told once.</summary>
public sealed class ReportWeek(TravelDbContext db, TellOnce tell, TimeProvider clock)
{
    /// <returns>How many operators are told.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var zone = await TimeZoneAsync(cancellationToken);
        var (from, to) = WeeklyReport.LastBefore(clock.GetUtcNow(), zone);
        var operators = await db.Users.Where(user => user.Role == Role.Operator && user.EmailConfirmed && user.ErasedAt == null)
            .Select(user => user.Id).ToListAsync(cancellationToken);
        return await tell.ExecuteAsync(
            ReminderKind.WeeklyReport, operators.ConvertAll(person => new Due<WeeklyReportDue>(person, from, new WeeklyReportDue(person, from, to, zone))), cancellationToken);
    }

    /// <summary>The job's own: where its Monday morning is still a Sunday by UTC, the week that is over is not over by UTC.</summary>
    private async Task<string> TimeZoneAsync(CancellationToken cancellationToken)
    {
        var name = Jobs.All.Single(job => job.UseCase == typeof(ReportWeek)).Name;
        return await db.Jobs.Where(job => job.Name == name).Select(job => job.TimeZone).SingleOrDefaultAsync(cancellationToken) ?? TimeZoneInfo.Utc.Id;
    }
}
