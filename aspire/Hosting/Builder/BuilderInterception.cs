using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>How a test takes part in an AppHost's own Program: set around its entry point, it hears of everything the program builds.</summary>
internal abstract class BuilderInterception
{
    private static readonly AsyncLocal<BuilderInterception?> Ambient = new();

    public static BuilderInterception? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>Returns once the test lets the program build.</summary>
    public abstract void Building(DistributedApplicationBuilder builder);

    public abstract void Built(DistributedApplication application);

    /// <summary>Returns once the test lets the program start what it has built.</summary>
    public abstract Task StartingAsync(CancellationToken cancellationToken);

    public abstract void Started();
}
