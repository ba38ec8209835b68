using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Makes HTML of letters.</summary>
internal sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> HtmlOfAsync(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(LetterMail.Letter)] = letter });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<LetterMail>(parameters)).ToHtmlString());
    }
}
