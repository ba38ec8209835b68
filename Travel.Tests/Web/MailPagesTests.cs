using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class MailPagesTests(TravelGraph graph, Browser browser)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_operator_finds_the_mail_about_a_booking_and_has_it_sent_again()
    {
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await SentAsync(booking.Id, mails: 1);
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/operations/jobs");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Operations" }).GetByRole(AriaRole.Link, new() { Name = "Mails" }).ClickAsync();

        await page.GetByLabel("Booking").FillAsync(booking.Reference.ToLowerInvariant());
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        var rows = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "g***@travel.test" });
        await Expect(rows).ToContainTextAsync(BookingConfirmation.Kind);
        await Expect(rows).Not.ToContainTextAsync(TravelGraph.GuestEmail);
        await rows.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.First).ToContainTextAsync("Once more, for an operator");
        await Expect(page.GetByLabel("Booking")).ToHaveValueAsync(booking.Reference);
        await SentAsync(booking.Id, mails: 2);
        (await graph.Mailbox.MailsAboutAsync(booking.Reference, TravelGraph.GuestEmail)).Count.ShouldBe(2);
        await page.ReloadAsync();
        await Expect(rows.First).ToContainTextAsync("Sent");
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_sees_by_their_state_which_mails_failed_and_why_their_address_gets_none_and_lifts_that()
    {
        var reader = await graph.OwnAccountAsync();
        await FailAsync(reader);
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync($"/operations/mails?recipient={reader.SignIn.Email}");
        var states = page.GetByRole(AriaRole.Navigation, new() { Name = "Which mails" });
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "test-failed" });

        await states.GetByRole(AriaRole.Link, new() { Name = "To be tried again" }).ClickAsync();
        await Expect(page.GetByText("There is no such mail.")).ToBeVisibleAsync();
        await states.GetByRole(AriaRole.Link, new() { Name = "Failed" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Failed, 1 attempt");
        await Expect(row).Not.ToContainTextAsync(reader.SignIn.Email);
        await row.GetByRole(AriaRole.Link, new() { Name = "Whether this address gets mail" }).ClickAsync();
        var entry = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nobody has this address" });
        await Expect(entry).ToContainTextAsync("550 nobody of that name");
        await page.GetByLabel("Why is one lifted?").FillAsync("   -   ");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Lift" }).ClickAsync();
        await Expect(page.GetByText("Between 3 and 500 characters.")).ToBeVisibleAsync();
        await page.GetByLabel("Why is one lifted?").FillAsync("The mailbox is there again.");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Lift" }).ClickAsync();

        await Expect(page.GetByText("This address gets mail.")).ToBeVisibleAsync();
        await using var db = await graph.DatabaseAsync();
        (await db.SuppressedAddresses.AnyAsync(suppressed => suppressed.Note == $"550 nobody of that name: {reader.Id}")).ShouldBeFalse();
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_stops_mail_to_an_address_and_finds_it_on_the_list()
    {
        var reader = await graph.OwnAccountAsync();
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/operations/mails/suppressions");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Address", Exact = true }).FillAsync("nobody@nowhere");
        await page.GetByLabel("Why?").FillAsync("Asked by telephone.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop mail" }).ClickAsync();
        await Expect(page.GetByText("This is not an e-mail address.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Address", Exact = true }).FillAsync(reader.SignIn.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop mail" }).ClickAsync();
        await page.GetByLabel("Recipient").FillAsync(reader.SignIn.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "An operator said so" })).ToContainTextAsync("Asked by telephone.");
        visitor.Errors.ShouldBeEmpty();
    }

    private async Task SentAsync(Guid booking, int mails)
    {
        await using var db = await graph.DatabaseAsync();
        await Eventually.GetAsync(
            () => db.Mails.CountAsync(mail => mail.BookingId == booking && mail.Kind == BookingConfirmation.Kind && mail.Status == MailStatus.Sent),
            sent => sent == mails, Patience, $"{mails} sent mails");
    }

    private async Task FailAsync(Account reader)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        db.Mails.Add(new MailMessage
        {
            Id = Guid.CreateVersion7(now), EventId = Guid.NewGuid(), Kind = "test-failed", RecipientId = reader.Id, Status = MailStatus.Failed, Attempts = 1, CreatedAt = now,
            LastError = $"550 <{reader.SignIn.Email}> nobody of that name",
        });
        await db.SuppressAsync(reader.SignIn.Email, SuppressionReason.Bounced, $"550 nobody of that name: {reader.Id}", by: null, now, CancellationToken.None);
        await db.SaveChangesAsync();
    }
}
