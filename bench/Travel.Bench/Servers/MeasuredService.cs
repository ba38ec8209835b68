using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Travel.Contracts;

namespace Travel.Bench.Servers;

/// <summary>
/// One of our services as it is measured: one process, at a loopback port of its own with no proxy before it, set up as outside
/// development, telling of warnings alone.
/// </summary>
/// <param name="Name">Of the resource.</param>
/// <param name="Project">Which was built beside this program, in the same configuration.</param>
/// <param name="Settings">Those that it alone needs.</param>
internal sealed record MeasuredService(string Name, string Project, IReadOnlyDictionary<string, string> Settings)
{
    public const string AccessTokenKey = "the-key-that-signs-access-tokens-in-a-bench-0123456789";

    // Every booking is a write, and no guest of a bench is to wait a minute.
    public const string NoLimit = "100000000";

    /// <summary>Nobody pays online in a bench, and nobody looks at a page: these addresses are only needed to start.</summary>
    private static readonly IReadOnlyDictionary<string, string> Common = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["Staging__AllowDevelopmentValues"] = "true",
        ["Logging__LogLevel__Default"] = "Warning",
        // There the AppHost takes it for what it is, and hands it on.
        ["Logging__Console__LogToStandardErrorThreshold"] = "Warning",
        ["Chapa__Address"] = "http://127.0.0.1:9/v1",
        ["Chapa__SecretKey"] = "CHASECK_TEST-bench-0123456789",
        ["Chapa__WebhookSecret"] = "the-webhook-secret-of-a-bench",
        ["Chapa__WebAddress"] = "http://localhost:5080",
        ["Chapa__ApiAddress"] = "http://localhost:5081",
    };

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Free()}");

    public static MeasuredService Api() => new(ResourceNames.Api, "Travel.Api", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AccessTokens__SigningKey"] = AccessTokenKey,
        ["Web__ApiKey"] = "the-key-web-shows-in-a-bench-0123456789",
        ["Limits__WritesPerMinute"] = NoLimit,
        ["Limits__ReadsPerMinute"] = NoLimit,
    });

    public static MeasuredService Worker(Uri mailServer) => new(ResourceNames.Worker, "Travel.Worker", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Mail__Server"] = mailServer.AbsoluteUri,
        ["Mail__WebAddress"] = "http://localhost:5080",
        // A mail is 40 ms under way for nothing but TCP (README), and this server minds no number of connections.
        ["Consumers__UrgentMail__Concurrency"] = "32",
        ["Consumers__UrgentMail__Prefetch"] = "128",
        ["Mail__MostConnections"] = "34",
    });

    /// <summary>This program itself, which then is only a server.</summary>
    public static MeasuredService Yardstick() =>
        new(Reads.Yardstick.Name, Path.Combine("bench", "Travel.Bench"), new Dictionary<string, string>(StringComparer.Ordinal)) { Arguments = [Reads.Yardstick.Name] };

    /// <param name="photos">A folder that it shares with the others.</param>
    public void AddTo(IDistributedApplicationBuilder builder, string photos)
    {
        var program = AppContext.BaseDirectory.Replace(Path.Combine("bench", "Travel.Bench"), Project, StringComparison.Ordinal);
        var service = builder.AddResource(new ExecutableResource(Name, "dotnet", program))
            .WithArgs([$"{Path.GetFileName(Project)}.dll", .. Arguments])
            .WithEnvironment("ASPNETCORE_URLS", Address.AbsoluteUri)
            .WithEnvironment("Photos__Folder", photos)
            .WaitForCompletion(Known<IResource>(builder, ResourceNames.Migrations));
        foreach (var (name, value) in Common.Concat(Settings))
        {
            service.WithEnvironment(name, value);
        }

        foreach (var server in new[] { ResourceNames.Database, ResourceNames.Cache, ResourceNames.Messaging })
        {
            var known = Known<IResourceWithConnectionString>(builder, server);
            service.WithReference(known).WaitFor(known);
        }
    }

    public static IResourceBuilder<T> Known<T>(IDistributedApplicationBuilder builder, string name)
        where T : IResource => builder.CreateResourceBuilder((T)builder.Resources.Single(resource => resource.Name == name));
}
