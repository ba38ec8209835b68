using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Operations;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Tells an operator what the last week brought: customers, bookings and revenue.</summary>
internal sealed class WeeklyReportMail(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<WeeklyReportDue>
{
    public static string Kind => "weekly-report";

    public static bool IsSubscription => true;

    public async Task<MailDraft?> DraftAsync(WeeklyReportDue message, CancellationToken cancellationToken)
    {
        var reader = await db.Users.AsNoTracking().SingleOrDefaultAsync(
            user => user.Id == message.OperatorId && user.Role == Role.Operator && user.ErasedAt == null, cancellationToken);
        return reader is null ? null : new MailDraft(reader.Id, reader.Email, reader.DisplayName, BookingId: null, async token => LetterOf(
            await WeeklyReport.ReadAsync(db, message.From, message.To, message.TimeZone ?? TimeZoneInfo.Utc.Id, token), reader.DisplayName, options.Value.WebAddress!, texts));
    }

    internal static Letter LetterOf(WeeklyReport report, string name, Uri web, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["WeeklyReport.Subject", DayOf(report.From), DayOf(report.To.AddDays(-1))],
        Greeting = texts["Greeting", name],
        Lead = [texts["WeeklyReport.Lead"]],
        Facts =
        [
            new(texts["WeeklyReport.Customers"], texts["WeeklyReport.Number", Number(report.Week.Customers), Number(report.InAll.Customers)]),
            new(texts["WeeklyReport.Bookings"], texts["WeeklyReport.Number", Number(report.Week.Bookings), Number(report.InAll.Bookings)]),
            .. report.Week.Revenue.Zip(
                report.InAll.Revenue, (week, inAll) => new LetterFact(texts["WeeklyReport.Revenue", week.Currency], texts["WeeklyReport.Number", week.ToString(), inAll.ToString()])),
        ],
        FactsNote = texts["WeeklyReport.Note", report.TimeZone],
        Link = new LetterLink(texts["SeeOperations"], new Uri(web, "/operations/jobs")),
        Footer = texts["Footer.Operator"],
    };

    private static string DayOf(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
