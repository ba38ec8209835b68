namespace Aspire.Hosting.ApplicationModel;

public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
}

public enum WaitBehavior
{
    /// <summary>Keep waiting for a dependency that has died: somebody may start it again from the dashboard.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Fail at once: nobody is there to start it again.</summary>
    StopOnResourceUnavailable,
}

public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    public int ExitCode { get; } = exitCode;

    public WaitBehavior? WaitBehavior { get; init; }
}
