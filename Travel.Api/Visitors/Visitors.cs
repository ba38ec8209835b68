using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
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

    /// <summary>
    /// By what a visitor's requests are counted: an IPv4 address, or the /64 that an IPv6 address is in, because that is what one
    /// subscriber has and may change within at will (RFC 6177).
    /// </summary>
    public static string VisitorKey(this HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } six => new IPAddress([.. six.GetAddressBytes()[..8], .. new byte[8]]) + "/64",
        var four => four.ToString(),
    };

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
