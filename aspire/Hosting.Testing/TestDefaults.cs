using System.Reflection;
using Aspire.Hosting.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What an AppHost gets in a test because nobody has started it: its name, its folder and what its launch profile would have set.</summary>
internal static class TestDefaults
{
    private const string LaunchProfileKey = "DOTNET_LAUNCH_PROFILE";

    public static void Apply(DistributedApplicationOptions options, HostApplicationBuilderSettings settings, Assembly appHost, string[] args)
    {
        options.Args = settings.Args = [.. settings.Args ?? [], .. args];
        options.AssemblyName = settings.ApplicationName = appHost.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        if (options.Assembly.ProjectDirectory is { } directory && Directory.Exists(directory))
            settings.ContentRootPath = directory;
        AddMissing(settings, new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            // Addresses for a dashboard, should one be wanted; the ports give way to random ones.
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });
    }

    /// <summary>Comes after the test's own configuration, which may name the profile; otherwise it is the first one.</summary>
    public static void ApplyLaunchProfile(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        if (options.Assembly.ProjectDirectory is not { } directory)
            return;
        var profiles = LaunchProfile.Read(directory);
        if (profiles.Count == 0)
            return;
        var wanted = Given(settings)[LaunchProfileKey];
        var profile = profiles.FirstOrDefault(p => string.IsNullOrEmpty(wanted) || p.Name == wanted)
            ?? throw new InvalidOperationException($"The configured launch profile, '{wanted}', was not found in the launch settings file.");

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [LaunchProfileKey] = profile.Name };
        foreach (var (name, value) in profile.EnvironmentVariables)
        {
            values[name] = value;
            // As environment variables they would be read under their bare names too.
            foreach (var prefix in new[] { "DOTNET_", "ASPNETCORE_" })
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    values[name[prefix.Length..]] = value;
            }
        }
        AddMissing(settings, values);
    }

    private static void AddMissing(HostApplicationBuilderSettings settings, Dictionary<string, string?> values)
    {
        var given = Given(settings);
        settings.Configuration!.AddInMemoryCollection(values.Where(v => given[v.Key] is null).ToArray());
    }

    private static IConfiguration Given(HostApplicationBuilderSettings settings) =>
        new ConfigurationBuilder().AddConfiguration(settings.Configuration!).AddCommandLine(settings.Args ?? []).Build();
}
