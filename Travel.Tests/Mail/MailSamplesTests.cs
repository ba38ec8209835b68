using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Preview;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Mail;

/// <summary>Every letter there is, as the page shows it on which one looks at them.</summary>
public sealed class MailSamplesTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public static TheoryData<string> Names => [.. MailSamples.All.Select(sample => sample.Name)];

    private IStringLocalizer<MailTexts> Texts => services.GetRequiredService<IStringLocalizer<MailTexts>>();

    public void Dispose() => services.Dispose();

    [Fact]
    public void No_text_is_missing_and_every_text_is_in_some_letter()
    {
        var asked = new AskedTexts(Texts);
        foreach (var sample in MailSamples.All)
        {
            sample.Write(asked);
        }

        asked.Seen.Where(text => text.ResourceNotFound).ShouldBeEmpty();
        asked.Seen.Select(text => text.Name).Distinct().ShouldBe(Texts.GetAllStrings(includeParentCultures: true).Select(text => text.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Both_parts_of_a_letter_say_all_of_it(string name)
    {
        var letter = MailSamples.Find(name).ShouldNotBeNull().Write(Texts);
        var html = WebUtility.HtmlDecode(await new MailRenderer(services, services.GetRequiredService<ILoggerFactory>()).HtmlOfAsync(letter));

        string?[] said =
        [
            letter.Greeting, .. letter.Lead, letter.Heading, letter.Subheading, .. letter.Facts.SelectMany(fact => new[] { fact.Label, fact.Value }), letter.FactsNote,
            .. letter.Closing, letter.Link.ShouldNotBeNull().Label, letter.Link.Address.ToString(), letter.Footer,
            letter.Unsubscribe?.Label, letter.Unsubscribe?.Address.ToString(),
        ];
        foreach (var words in said.OfType<string>())
        {
            html[html.IndexOf("<body", StringComparison.Ordinal)..].ShouldContain(words);
            LetterText.Of(letter).ShouldContain(words);
            words.ShouldNotContain("{");
        }

        letter.Subject.ShouldNotContain("{");
        letter.Footer.ShouldStartWith("You get this mail because");
    }

    [Theory]
    [InlineData("Development", 3)]
    [InlineData("Production", 0)]
    public async Task The_page_is_for_development_alone(string environment, int addresses)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Services.AddLocalization().AddScoped<MailRenderer>();
        await using var app = builder.Build();

        app.MapMailPreview();

        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Count().ShouldBe(addresses);
    }
}
