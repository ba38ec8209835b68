using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Makes HTML of letters.</summary>
internal sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public Task<string> HtmlOfAsync(Letter letter) => HtmlOfAsync<LetterMail>(nameof(LetterMail.Letter), letter);

    /// <param name="parameter">The one that the component has.</param>
    /// <param name="value">Its value.</param>
    public async Task<string> HtmlOfAsync<TComponent>(string parameter, object value)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [parameter] = value });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(parameters)).ToHtmlString());
    }
}
