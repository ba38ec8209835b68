using System.Net;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail.Preview;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed class MailPreviewTests(TravelGraph graph)
{
    [Fact]
    public async Task Every_letter_can_be_looked_at_from_the_dashboard()
    {
        using var visitor = new HttpClient();
        var link = (await graph.ProcessesAsync(ResourceNames.Worker)).Single().Snapshot.Urls.Single(url => url.Url.EndsWith(DevelopmentCommands.Mails, StringComparison.Ordinal)).Url;

        var list = await visitor.GetStringAsync(link);

        foreach (var sample in MailSamples.All)
        {
            var address = new Uri(new Uri(link), $"{DevelopmentCommands.Mails}/{sample.Name}");
            list.ShouldContain($"href=\"{address.AbsolutePath}\"");
            using var html = await visitor.GetAsync(address);
            html.StatusCode.ShouldBe(HttpStatusCode.OK, sample.Name);
            html.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
            using var text = await visitor.GetAsync(address + ".txt");
            text.StatusCode.ShouldBe(HttpStatusCode.OK, sample.Name);
            text.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        }

        foreach (var nothing in new[] { "no-such-mail", "no-such-mail.txt" })
        {
            using var answer = await visitor.GetAsync($"{link}/{nothing}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_mail_that_comes_many_at_a_time_goes_the_way_of_all_mail()
    {
        var reader = await graph.PersonAsync(Role.Operator);
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        db.Outbox.Add(OutboxMessage.Of(new WeeklyReportDue(reader.Id, new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 8)), now));
        await db.SaveChangesAsync();

        var mail = await graph.Mailbox.WaitForMailToAsync(reader.Email!, "Travel from 1 June 2026 to 7 June 2026");

        mail.Text.ShouldContain("New customers: ");
        mail.Html.ShouldContain("/operations/jobs");
    }
}
