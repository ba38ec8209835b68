using System.Reflection;

namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly where it is not the one that was started, as in a test.</summary>
    public string? AssemblyName { get; set; }

    public bool DisableDashboard { get; set; }

    /// <summary>Repeats the consoles of all resources in the host's own log.</summary>
    public bool EnableResourceLogging { get; set; }

    internal AppHostAssembly Assembly => new(AssemblyName is { } name ? System.Reflection.Assembly.Load(name) : System.Reflection.Assembly.GetEntryAssembly());
}

/// <summary>What the build has noted in the AppHost's assembly.</summary>
internal sealed record AppHostAssembly(Assembly? Assembly)
{
    public string? ProjectDirectory => Note("apphostprojectpath");

    /// <summary>The program that the build made of a project, or null when it is not the AppHost's to build.</summary>
    public string? ProgramOf(string projectPath) => Note($"aspireprogram:{projectPath}");

    private string? Note(string key) => Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(m => string.Equals(m.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
