using Travel.Domain.Accounts;

namespace Travel.Tests.Accounts;

public sealed class EmailAddressesTests
{
    [Theory]
    [InlineData("sara@example.org")]
    [InlineData("sara+travel@mail.example.org")]
    [InlineData("sara@bücher.example")]
    public void Where_mail_can_be_sent_is_an_address(string email) => EmailAddresses.IsValid(email).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("sara")]
    [InlineData("sara@localhost")]
    [InlineData("Sara <sara@example.org>")]
    [InlineData("sara@example.org, abel@example.org")]
    [InlineData("sara@example.org\r\nBcc: abel@example.org")]
    [InlineData("ሳራ@example.org")]
    public void Anything_else_is_none(string email) => EmailAddresses.IsValid(email).ShouldBeFalse();

    [Fact]
    public void An_address_that_is_too_long_is_none() => EmailAddresses.IsValid(new string('a', 243) + "@example.org").ShouldBeFalse();
}
