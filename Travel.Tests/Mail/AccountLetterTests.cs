using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Travel.Worker.Accounts;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Mail;

public sealed class AccountLetterTests : IDisposable
{
    private static readonly Uri Address = new("https://travel.example/verify-address?token=secret");
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    private IStringLocalizer<MailTexts> Texts => services.GetRequiredService<IStringLocalizer<MailTexts>>();

    public void Dispose() => services.Dispose();

    [Fact]
    public void Every_letter_about_an_account_has_all_its_texts_a_link_and_says_why_it_comes()
    {
        Letter[] letters =
        [
            AddressVerification.LetterOf(Address, TimeSpan.FromDays(1), Texts),
            AccountExistsNotice.LetterOf("Sara", Address, Texts),
            PasswordResetLink.LetterOf("Sara", Address, TimeSpan.FromHours(1), Texts),
            PasswordResetLink.LetterOf(name: null, Address, TimeSpan.FromHours(1), Texts),
            PasswordChangedNotice.LetterOf("Sara", new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero), Address, Texts),
        ];

        foreach (var letter in letters)
        {
            // A text that is missing is shown as its name.
            string[] said = [letter.Subject, letter.Greeting, .. letter.Lead, .. letter.Closing, letter.Link!.Label, letter.Footer];
            said.ShouldAllBe(text => text.Contains(' ', StringComparison.Ordinal) && !text.Contains('{', StringComparison.Ordinal));
            LetterText.Of(letter).ShouldContain(Address.ToString());
            letter.Footer.ShouldContain("You get this mail because");
        }
    }

    [Theory]
    [InlineData("1.00:00:00", "24 hours")]
    [InlineData("01:00:00", "one hour")]
    [InlineData("00:30:00", "30 minutes")]
    [InlineData("01:30:00", "90 minutes")]
    public void How_long_a_link_is_good_is_said_in_words(string lifetime, string words) =>
        PasswordResetLink.LetterOf("Sara", Address, TimeSpan.Parse(lifetime, null), Texts).Closing.ShouldHaveSingleItem().ShouldContain(words);

    [Fact]
    public void When_a_password_was_changed_is_said_in_UTC() =>
        PasswordChangedNotice.LetterOf("Sara", new DateTimeOffset(2026, 11, 20, 12, 30, 0, TimeSpan.FromHours(3)), Address, Texts)
            .Lead[0].ShouldContain("20 November 2026, 09:30 (UTC)");
}
