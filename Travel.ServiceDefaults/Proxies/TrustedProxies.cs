using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Travel.ServiceDefaults.Proxies;

/// <summary>Who may stand between visitors and this process. Section <c>Proxies</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// The networks that proxies of ours are in, as <c>10.42.0.0/16</c>: an ingress, a load balancer. They alone are believed when they say from
    /// where (X-Forwarded-For) and over what (X-Forwarded-Proto) a request came. None by default: who calls is the visitor.
    /// </summary>
    public string[] Networks { get; set; } = [];

    internal bool AreNetworks => Networks.All(network => System.Net.IPNetwork.TryParse(network, out _));
}

internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services) =>
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section)
            .Validate(options => options.AreNetworks, "Proxies:Networks must be networks in CIDR notation, as '10.42.0.0/16'.")
            .ValidateOnStart();

    public static void UseTrustedProxies(this WebApplication app)
    {
        var networks = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Networks;
        if (networks.Length == 0)
        {
            // With no proxy to compare with, the middleware would believe everybody.
            return;
        }

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // From proxy to proxy, back to the first that is none of ours; what stands before it anybody may have written.
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        app.UseForwardedHeaders(forwarded);
    }
}
