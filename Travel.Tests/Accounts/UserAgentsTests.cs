using Travel.Api.Accounts;

namespace Travel.Tests.Accounts;

public sealed class UserAgentsTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("curl/8.5.0", "curl")]
    public void A_session_is_called_what_its_owner_would_call_it(string userAgent, string name) => UserAgents.Shorten(userAgent).ShouldBe(name);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("<script>/1")]
    [InlineData("()")]
    public void Nobody_gets_markup_or_much_text_into_the_list(string? userAgent) => (UserAgents.Shorten(userAgent) ?? "script").ShouldBe("script");

    [Fact]
    public void A_long_name_is_cut() => UserAgents.Shorten(new string('x', 500))!.Length.ShouldBe(60);
}
