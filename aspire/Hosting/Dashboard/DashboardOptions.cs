using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard listens and who may talk to it: configuration, mostly the AppHost's launch profile, or chosen at start.</summary>
internal sealed class DashboardOptions
{
    public const string OtlpGrpcUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string OtlpHttpUrlKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    public const string OtlpApiKeyKey = "AppHost:OtlpApiKey";
    private const string ResourceServiceUrlKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    private const string FrontendUrlKey = "ASPNETCORE_URLS";
    private const int TokenBytes = 16;

    public DashboardOptions(IConfiguration configuration)
    {
        FrontendUrl = Url(configuration, FrontendUrlKey);
        OtlpGrpcUrl = Url(configuration, OtlpGrpcUrlKey);
        OtlpHttpUrl = Url(configuration, OtlpHttpUrlKey);
        // The other addresses are DCP's proxies, which choose a port themselves then.
        ResourceServiceUrl = configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false) ? null : Url(configuration, ResourceServiceUrlKey);
        // Kept in the configuration, because that is where projects and tests look for them.
        BrowserToken = configuration["AppHost:BrowserToken"] = configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? NewToken();
        ApiKey = configuration["AppHost:DashboardApiKey"] ??= NewToken();
        OtlpApiKey = configuration[OtlpApiKeyKey] ??= NewToken();
    }

    public Uri? FrontendUrl { get; }

    public Uri? OtlpGrpcUrl { get; }

    public Uri? OtlpHttpUrl { get; }

    public Uri? ResourceServiceUrl { get; }

    /// <summary>Part of the link with which a person signs in.</summary>
    public string BrowserToken { get; }

    /// <summary>For the dashboard's own telemetry API.</summary>
    public string ApiKey { get; }

    public string OtlpApiKey { get; }

    public string ResourceServiceKey { get; } = NewToken();

    private static Uri? Url(IConfiguration configuration, string key)
    {
        if (configuration[key]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() is not { } text)
            return null;
        var url = new Uri(text);
        return url.Scheme == Uri.UriSchemeHttp && configuration.GetValue("ASPIRE_ALLOW_UNSECURED_TRANSPORT", defaultValue: false)
            ? url
            : throw new DistributedApplicationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{key} is '{text}': the subset of Aspire in aspire/ has no TLS, so this has to be an http address and ASPIRE_ALLOW_UNSECURED_TRANSPORT has to be 'true'."));
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
}
