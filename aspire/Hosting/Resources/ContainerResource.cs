namespace Aspire.Hosting.ApplicationModel;

public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    /// <summary>Started in the place of what the image starts.</summary>
    public string? Entrypoint { get; set; } = entrypoint;

    /// <summary>The entrypoint is a shell, and the arguments together are the one line that it runs.</summary>
    internal bool ShellExecution { get; set; }
}
