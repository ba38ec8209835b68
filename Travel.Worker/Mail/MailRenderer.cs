using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Travel.Worker.Mail;

/// <summary>Renders mail templates, which are Razor components with one parameter, <c>Stay</c>.</summary>
internal sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync<TTemplate>(BookedStay stay)
        where TTemplate : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Stay"] = stay });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TTemplate>(parameters)).ToHtmlString());
    }
}
