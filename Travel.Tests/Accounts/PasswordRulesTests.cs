using Travel.Domain.Accounts;

namespace Travel.Tests.Accounts;

public sealed class PasswordRulesTests
{
    private const string Email = "sara.bekele@example.org";
    private const string Name = "Sara Bekele Tesfaye";

    [Theory]
    [InlineData("correct horse")]
    [InlineData("only letters here")]
    [InlineData("ሰላም ለዓለም ሁሉ ይሁን")]
    public void Any_ten_characters_will_do(string password) => ErrorOf(password).ShouldBeNull();

    [Fact]
    public void A_character_counts_once_however_many_bytes_it_has()
    {
        ErrorOf(string.Concat(Enumerable.Repeat("🦓", 9))).ShouldNotBeNull();
        ErrorOf(string.Concat(Enumerable.Repeat("🦓", 10))).ShouldBeNull();
    }

    [Fact]
    public void It_is_neither_shorter_than_10_nor_longer_than_128()
    {
        ErrorOf("abcdefgh!").ShouldNotBeNull().ShouldContain("10");
        ErrorOf(new string('x', 129)).ShouldNotBeNull().ShouldContain("128");
        ErrorOf(new string('x', 128)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Email)]
    [InlineData("Sara.Bekele")]
    [InlineData("SARA BEKELE TESFAYE")]
    public void It_is_neither_the_address_nor_the_name(string password) => ErrorOf(password).ShouldNotBeNull().ShouldContain("guessed first");

    [Theory]
    [InlineData("1234567890")]
    [InlineData("Password123")]
    [InlineData("qwertyuiop")]
    public void It_is_not_what_everybody_uses(string password) => ErrorOf(password).ShouldNotBeNull().ShouldContain("most used");

    private static string? ErrorOf(string password) => PasswordRules.ErrorOf(password, Email, Name);
}
