using Travel.Domain.Accounts;

namespace Travel.Tests.Accounts;

public sealed class PersonalDetailsTests
{
    [Theory]
    [InlineData("Sara")]
    [InlineData(" ሳራ በቀለ ")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("Dr. Hana Tesfaye, Jr.")]
    [InlineData("علی\u200cرضا")]
    public void A_name_of_any_script_is_one(string name) => PersonalDetails.ErrorOfName(name).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("Win at https://example.org")]
    [InlineData("www.example.org")]
    [InlineData("Win at example.org")]
    [InlineData("Win at example\u3002org")]
    [InlineData("sara@example")]
    [InlineData("Sara\nBekele")]
    [InlineData("Sara\u2028Bekele")]
    [InlineData("Sara \u202egnp.exe")]
    [InlineData("\u200b")]
    [InlineData("Sa\u2066ra")]
    public void What_links_or_hides_or_turns_around_is_no_name(string name) => PersonalDetails.ErrorOfName(name).ShouldNotBeNull();
}
