using System.ComponentModel.DataAnnotations;

namespace Travel.PaymentSandbox;

/// <summary>Settings of the payment sandbox; section <c>Sandbox</c>.</summary>
internal sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>
    /// The key that callers give as bearer token. No default, and it must begin as Chapa's test keys do (<c>CHASECK_TEST-</c>): nobody shall come
    /// to give this process a live one.
    /// </summary>
    [Required, RegularExpression("CHASECK_TEST-.{10,}", ErrorMessage = "Sandbox:SecretKey must be CHASECK_TEST- and at least 10 characters.")]
    public string SecretKey { get; init; } = "";

    /// <summary>The secret that webhooks are signed with, at least 10 characters; not the secret key. No default.</summary>
    [Required, MinLength(10)]
    public string WebhookSecret { get; init; } = "";

    /// <summary>Where webhooks go. Default: none are sent, as with a dashboard of Chapa's where no address was entered.</summary>
    public Uri? WebhookAddress { get; init; }

    /// <summary>Where browsers reach the sandbox; addresses of pay pages begin with it. Default: where the call came to.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Where transactions, refunds, owed webhooks and faults are kept. Default: in memory only, so that a restart forgets all.</summary>
    public string? Folder { get; init; }

    /// <summary>How long after a webhook that got no 200 it is sent again. Ten minutes by default, as Chapa says.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "3.00:00:00")]
    public TimeSpan WebhookRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a webhook is sent in all before it is given up. 10 by default, as Chapa says.</summary>
    [Range(1, 1000)]
    public int WebhookAttempts { get; init; } = 10;

    /// <summary>
    /// How long a refund takes: initiated, after half of it processing, after all of it refunded. Six seconds by default, where Chapa
    /// takes one to three days: long enough to be seen, short enough to be waited for.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan RefundTakes { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Lets it start outside development, for a staging system. False by default: whoever reaches the sandbox can pay any
    /// booking with money that does not exist.
    /// </summary>
    public bool AllowOutsideDevelopment { get; init; }
}

internal static class SandboxOptionsRegistration
{
    public static void AddSandboxOptions(this IServiceCollection services) =>
        services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section)
            .ValidateDataAnnotations()
            .Validate(options => IsWeb(options.WebhookAddress), "Sandbox:WebhookAddress must be an http or https address.")
            .Validate(options => IsWeb(options.PublicAddress), "Sandbox:PublicAddress must be an http or https address.")
            .Validate<IHostEnvironment>(
                (options, environment) => environment.IsDevelopment() || options.AllowOutsideDevelopment,
                "The payment sandbox takes no money and is for development only; Sandbox:AllowOutsideDevelopment=true lets it start on a staging system.")
            .ValidateOnStart();

    private static bool IsWeb(Uri? address) => address is null || (address.IsAbsoluteUri && address.Scheme is "http" or "https");
}
