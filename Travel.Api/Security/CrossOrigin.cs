using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Travel.Api.Security;

/// <summary>Which pages of other origins may use the Api from a browser. Section <c>Cors</c>.</summary>
internal sealed class CrossOriginOptions
{
    public const string Section = "Cors";

    /// <summary>Origins by name, as <c>https://partner.example</c>. None by default: Web calls from its server and needs none.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>A star, a path or another scheme would not be a name, or silently match nothing.</summary>
    public bool AreNamed => Origins.All(origin =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && !uri.Host.Contains('*', StringComparison.Ordinal) && uri.GetLeftPart(UriPartial.Authority) == origin);
}

internal static class CrossOrigin
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];

    private static readonly string[] Sent =
        [HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, "Idempotency-Key", HeaderNames.TraceParent];

    private static readonly string[] Shown = [HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter];

    public static void AddCrossOrigin(this IServiceCollection services)
    {
        services.AddOptions<CrossOriginOptions>().BindConfiguration(CrossOriginOptions.Section)
            .Validate(options => options.AreNamed, "Cors:Origins must be origins by name, as 'https://partner.example'.")
            .ValidateOnStart();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<CrossOriginOptions>>((cors, options) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(options.Value.Origins)
            .WithMethods(Methods)
            .WithHeaders(Sent)
            .WithExposedHeaders(Shown)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }
}
