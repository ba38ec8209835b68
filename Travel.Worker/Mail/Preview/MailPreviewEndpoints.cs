using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Travel.Contracts;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail.Preview;

/// <summary>Shows every letter, for whoever writes one. In development only; nothing is sent, and nobody's data is shown.</summary>
internal static class MailPreviewEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    public static void MapMailPreview(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        var mails = app.MapGroup(DevelopmentCommands.Mails);
        mails.MapGet("", ListAsync);
        mails.MapGet("/{name}", ShowAsync);
        mails.MapGet("/{name}.txt", ShowText);
    }

    private static async Task<ContentHttpResult> ListAsync(MailRenderer renderer) =>
        TypedResults.Text(await renderer.HtmlOfAsync<SampleList>(nameof(SampleList.Names), MailSamples.All.Select(sample => sample.Name).ToList()), Html);

    private static async Task<Results<ContentHttpResult, NotFound>> ShowAsync(string name, MailRenderer renderer, IStringLocalizer<MailTexts> texts) =>
        MailSamples.Find(name) is { } sample ? TypedResults.Text(await renderer.HtmlOfAsync(sample.Write(texts)), Html) : TypedResults.NotFound();

    private static Results<ContentHttpResult, NotFound> ShowText(string name, IStringLocalizer<MailTexts> texts) =>
        MailSamples.Find(name)?.Write(texts) is { } letter ? TypedResults.Text($"{letter.Subject}\n\n{LetterText.Of(letter)}\n") : TypedResults.NotFound();
}
