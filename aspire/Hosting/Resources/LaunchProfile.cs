using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Projects;

/// <summary>What a project's Properties/launchSettings.json says under one name.</summary>
internal sealed record LaunchProfile(string Name)
{
    public string? ApplicationUrl { get; init; }

    public string? CommandLineArgs { get; init; }

    public string? LaunchUrl { get; init; }

    public required IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; }

    /// <summary>The profile named in the options, else the one of the AppHost's own profile's name, else the first that starts the project.</summary>
    public static LaunchProfile? Choose(string projectPath, ProjectResourceOptions options, IConfiguration configuration)
    {
        if (options.ExcludeLaunchProfile)
            return null;
        var profiles = Read(Path.GetDirectoryName(projectPath)!);
        if (options.LaunchProfileName is { } wanted)
        {
            return profiles.FirstOrDefault(p => p.Name == wanted)
                ?? throw new DistributedApplicationException($"Launch settings file of '{projectPath}' does not contain '{wanted}' profile.");
        }
        var appHostProfile = configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"];
        return profiles.FirstOrDefault(p => p.Name == appHostProfile) ?? (profiles.Count > 0 ? profiles[0] : null);
    }

    /// <summary>All profiles that start the project itself, in the order of the file.</summary>
    public static IReadOnlyList<LaunchProfile> Read(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return [];
        using var file = JsonDocument.Parse(File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return file.RootElement.TryGetProperty("profiles", out var profiles)
            ? [.. profiles.EnumerateObject().Where(p => Text(p.Value, "commandName") == "Project").Select(From)]
            : [];
    }

    /// <summary>One endpoint per URL: http, https, and from the second of a kind on http2, https2.</summary>
    public IEnumerable<(string Name, Uri Url)> Endpoints() =>
        (ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            .Select(u => new Uri(u.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal)))
            .GroupBy(u => u.Scheme, StringComparer.Ordinal)
            .SelectMany(g => g.Select((u, i) => (i == 0 ? g.Key : $"{g.Key}{i + 1}", u)));

    /// <summary>The arguments as a shell would split them, quotes and all.</summary>
    public IReadOnlyList<string> Arguments()
    {
        var arguments = new List<string>();
        var current = new System.Text.StringBuilder();
        var quoted = false;
        var any = false;
        foreach (var c in CommandLineArgs ?? "")
        {
            if (c == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                Flush();
            }
            else
            {
                current.Append(c);
                any = true;
            }
        }
        Flush();
        return arguments;

        void Flush()
        {
            if (any)
                arguments.Add(current.ToString());
            current.Clear();
            any = false;
        }
    }

    private static LaunchProfile From(JsonProperty profile) => new(profile.Name)
    {
        ApplicationUrl = Text(profile.Value, "applicationUrl"),
        CommandLineArgs = Text(profile.Value, "commandLineArgs"),
        LaunchUrl = Text(profile.Value, "launchUrl"),
        EnvironmentVariables = profile.Value.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? "", StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

internal sealed record ProjectAnnotation(IProjectMetadata Metadata, LaunchProfile? Profile) : IResourceAnnotation;
