using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Domain.Operations;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Operations;

[Collection(TravelGraph.Outages)]
public sealed class GatewayReportsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Reports = $"{OperatorHouse.Payments}/reports";

    [Fact]
    public async Task Operators_read_every_daily_report_the_last_one_first()
    {
        var day = new DateTimeOffset(2026, 5, 1, 3, 40, 0, TimeSpan.Zero);
        await house.AskAsync(async db =>
        {
            db.GatewayReports.AddRange(Enumerable.Range(0, 3).Select(days => new GatewayReport
            {
                Id = Guid.CreateVersion7(day.AddDays(days)),
                At = day.AddDays(days),
                Since = day.AddDays(days - 4),
                Compared = days,
                Differences = days == 1 ? ["TRV-1: 1.00 ETB paid at the provider, and not known here."] : [],
            }));
            return await db.SaveChangesAsync();
        });

        var first = await house.ReadAsync<Page<GatewayReportResponse>>($"{Reports}?limit=2");
        var second = await house.ReadAsync<Page<GatewayReportResponse>>($"{Reports}?limit=2&cursor={Uri.EscapeDataString(first.Next!)}");

        first.Items.Concat(second.Items).Select(report => (report.At, report.Since, report.Compared, string.Join("; ", report.Differences))).ShouldBe(
        [
            (day.AddDays(2), day.AddDays(-2), 2, ""),
            (day.AddDays(1), day.AddDays(-3), 1, "TRV-1: 1.00 ETB paid at the provider, and not known here."),
            (day, day.AddDays(-4), 0, ""),
        ]);
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_none_of_this_one()
    {
        await house.AskAsync(db =>
        {
            db.Audit.AddRange(Enumerable.Range(0, 2).Select(_ => AuditEntry.Of(house.Person.Id, "job-paused", "sweep", TimeProvider.System.GetUtcNow())));
            return db.SaveChangesAsync();
        });
        var audit = await house.ReadAsync<Page<AuditResponse>>("/api/v1/operations/audit?limit=1");

        using var answer = await house.Operator.GetAsync($"{Reports}?cursor={Uri.EscapeDataString(audit.Next!)}");

        await answer.ShouldBeInvalidAsync("cursor");
    }
}
