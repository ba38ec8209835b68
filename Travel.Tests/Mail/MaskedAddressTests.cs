using Travel.Domain.Mail;

namespace Travel.Tests.Mail;

public sealed class MaskedAddressTests
{
    [Theory]
    [InlineData("sara@travel.test", "s***@travel.test")]
    [InlineData("s@travel.test", "s***@travel.test")]
    [InlineData("@travel.test", "***")]
    [InlineData("", "***")]
    public void Of_a_name_the_first_letter_is_left(string address, string masked) => MaskedAddress.Of(address).ShouldBe(masked);

    [Theory]
    [InlineData("550 <sara@travel.test>: nobody of that name", "550 <s***@travel.test>: nobody of that name")]
    [InlineData("sara@travel.test, abebe@example.org", "s***@travel.test, a***@example.org")]
    [InlineData("550 5.1.1 o'neil!x=y@mail.example.co.uk.", "550 5.1.1 o***@mail.example.co.uk.")]
    [InlineData("no address at all", "no address at all")]
    public void Whoever_is_named_in_a_text_is_masked(string text, string masked) => MaskedAddress.In(text).ShouldBe(masked);
}
