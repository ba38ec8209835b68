using System.Net;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class FormsAndHeadersTests(TravelGraph graph) : IDisposable
{
    private readonly HttpClient web = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = graph.Web };

    [Theory]
    [InlineData("/sign-in", "sign-in")]
    [InlineData("/sign-out", "sign-out")]
    public async Task A_form_without_its_token_is_refused_with_a_page_that_says_why(string address, string form)
    {
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = form,
            ["Form.Email"] = TravelGraph.GuestEmail,
            ["Form.Password"] = TravelGraph.DemoPassword,
        });

        using var answer = await web.PostAsync(address, fields);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync()).ShouldContain("This form has grown old");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/there-is-no-such-page")]
    [InlineData("/travel.css")]
    public async Task Whatever_answers_no_script_of_others_runs_and_no_frame_shows_it(string address)
    {
        using var answer = await web.GetAsync(address);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("img-src 'self';");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    public void Dispose() => web.Dispose();
}
