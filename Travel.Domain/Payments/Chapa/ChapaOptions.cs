using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Payments.Chapa;

/// <summary>The payment gateway. Section <c>Chapa</c>.</summary>
public sealed class ChapaOptions
{
    public const string Section = "Chapa";

    private const string TestKeys = "CHASECK_TEST-";
    private const string LiveKeys = "CHASECK-";
    private const string LiveHost = "api.chapa.co";

    /// <summary>Where its API is, with the version: <c>https://api.chapa.co/v1</c>, which is the default.</summary>
    [Required]
    public Uri Address { get; set; } = new("https://api.chapa.co/v1");

    /// <summary>The secret key of our account there. Required.</summary>
    [Required, MinLength(10)]
    public string SecretKey { get; set; } = "";

    /// <summary>What its dashboard calls the webhook's secret hash, which is another than the key. Required.</summary>
    [Required, MinLength(10)]
    public string WebhookSecret { get; set; } = "";

    /// <summary>Where guests come back to: the address of the web pages. Required.</summary>
    [Required]
    public Uri? WebAddress { get; set; }

    /// <summary>Where the gateway's callback finds the Api from outside. Required.</summary>
    [Required]
    public Uri? ApiAddress { get; set; }

    /// <summary>Chapa itself, and an account of ours there through which money comes.</summary>
    public bool IsLive =>
        Address is { IsAbsoluteUri: true, IsDefaultPort: true, Host: LiveHost } && Address.Scheme == Uri.UriSchemeHttps
        && SecretKey.StartsWith(LiveKeys, StringComparison.Ordinal);

    /// <summary>In which of its two worlds the key's payments are: a payment of the other is none.</summary>
    public string Mode => SecretKey.StartsWith(TestKeys, StringComparison.Ordinal) ? "test" : "live";
}
