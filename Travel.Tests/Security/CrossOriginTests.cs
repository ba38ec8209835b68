using Travel.Api.Security;

namespace Travel.Tests.Security;

public sealed class CrossOriginTests
{
    [Theory]
    [InlineData("https://partner.example", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("*", false)]
    [InlineData("https://*.example", false)]
    [InlineData("https://partner.example/", false)]
    [InlineData("https://partner.example/app", false)]
    [InlineData("partner.example", false)]
    [InlineData("file:///etc", false)]
    [InlineData("null", false)]
    public void An_origin_is_named_in_full_or_not_at_all(string origin, bool isNamed) => new CrossOriginOptions { Origins = [origin] }.AreNamed.ShouldBe(isNamed);
}
