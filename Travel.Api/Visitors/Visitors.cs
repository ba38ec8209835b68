using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Travel.Api.Visitors;

/// <summary>Whom the Api believes when it says on whose behalf it calls. Section <c>Web</c>.</summary>
internal sealed class VisitorOptions
{
    public const string Section = "Web";

    /// <summary>The secret that Web shows in <c>X-Travel-Web-Key</c>. Required, at least 20 characters.</summary>
    [Required, MinLength(20)]
    public string ApiKey { get; set; } = "";
}

/// <summary>
/// Limits count visitors, not proxies: Web forwards its visitor's address. Anybody can write that header, so it is believed
/// only beside Web's own key.
/// </summary>
internal static class VisitorAddresses
{
    public static void AddVisitors(this IServiceCollection services) =>
        services.AddOptions<VisitorOptions>().BindConfiguration(VisitorOptions.Section).ValidateDataAnnotations().ValidateOnStart();

    public static void UseVisitors(this WebApplication app)
    {
        var key = Encoding.UTF8.GetBytes(app.Services.GetRequiredService<IOptions<VisitorOptions>>().Value.ApiKey);
        app.Use((context, next) =>
        {
            var shown = context.Request.Headers["X-Travel-Web-Key"].ToString();
            if (shown.Length > 0
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), key)
                && IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString(), out var visitor))
            {
                context.Connection.RemoteIpAddress = visitor;
            }

            return next(context);
        });
    }
}
