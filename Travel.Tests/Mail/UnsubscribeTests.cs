using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed partial class UnsubscribeTests(TravelGraph graph) : IDisposable
{
    /// <summary>As a mail program has it: no page was seen before, and nobody is signed in.</summary>
    private readonly HttpClient web = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = graph.Web };

    public void Dispose() => web.Dispose();

    [Fact]
    public async Task The_button_of_a_mail_program_stops_subscriptions_and_nothing_else()
    {
        var reader = await graph.OwnAccountAsync();
        using var oneClick = OneClick();

        using var answer = await web.PostAsync($"/unsubscribe/one-click?token={await TokenOfAsync(reader)}", oneClick);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReasonsAsync(reader)).ShouldBe([SuppressionReason.Unsubscribed]);
    }

    [Fact]
    public async Task Pressed_twice_it_is_noted_once()
    {
        var reader = await graph.OwnAccountAsync();
        using var visitor = graph.Visitor();
        var request = new UnsubscribeRequest(await TokenOfAsync(reader));

        using var first = await visitor.PostJsonAsync("/api/v1/mail/unsubscription", request);
        using var second = await visitor.PostJsonAsync("/api/v1/mail/unsubscription", request);

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.NoContent, HttpStatusCode.NoContent));
        (await ReasonsAsync(reader)).ShouldBe([SuppressionReason.Unsubscribed]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("guess")]
    [InlineData("00000000000000000000000000000000")]
    public async Task A_secret_that_is_nobodys_stops_nothing(string token)
    {
        using var visitor = graph.Visitor();
        using var oneClick = OneClick();

        using var asked = await visitor.PostJsonAsync("/api/v1/mail/unsubscription", new UnsubscribeRequest(token));
        using var pressed = await web.PostAsync("/unsubscribe/one-click?token=" + token, oneClick);

        await asked.ShouldBeInvalidAsync("token");
        pressed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_mail_program_that_opens_the_address_instead_shows_the_page_and_that_stops_nothing_by_itself()
    {
        var reader = await graph.OwnAccountAsync();
        var token = await TokenOfAsync(reader);

        using var opened = await web.GetAsync($"/unsubscribe/one-click?token={token}");
        var page = opened.Headers.Location.ShouldNotBeNull().OriginalString;
        using var shown = await web.GetAsync(page);

        page.ShouldBe($"/unsubscribe?token={token}");
        var words = await shown.Content.ReadAsStringAsync();
        words.ShouldContain("Stop these mails?");
        words.ShouldContain("All summaries, invitations and reports stop coming");
        (await ReasonsAsync(reader)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_button_of_the_page_stops_subscriptions()
    {
        var reader = await graph.OwnAccountAsync();
        var token = await TokenOfAsync(reader);
        var page = $"/unsubscribe?token={token}";
        var form = FormToken().Match(await web.GetStringAsync(page)).Groups["token"].Value;
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "unsubscribe", ["__RequestVerificationToken"] = form, ["Form.Token"] = token,
        });

        using var answer = await web.PostAsync(page, fields);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var words = await answer.Content.ReadAsStringAsync();
        words.ShouldContain("That’s stopped");
        words.ShouldContain("no more summaries, invitations and reports");
        (await ReasonsAsync(reader)).ShouldBe([SuppressionReason.Unsubscribed]);
    }

    /// <summary>RFC 8058, section 3.2.</summary>
    private static FormUrlEncodedContent OneClick() => new(new Dictionary<string, string>(StringComparer.Ordinal) { ["List-Unsubscribe"] = "One-Click" });

    private async Task<string> TokenOfAsync(Account reader)
    {
        await using var db = await graph.DatabaseAsync();
        return (await db.Users.AsNoTracking().SingleAsync(user => user.Id == reader.Id)).UnsubscribeToken.ToString("N");
    }

    private async Task<List<SuppressionReason>> ReasonsAsync(Account reader)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.SuppressedAddresses.Where(row => row.Address == EmailAddresses.Normalize(reader.SignIn.Email)).Select(row => row.Reason).ToListAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormToken();
}
