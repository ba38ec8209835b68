using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Every process and container that the model asks for, by its name.</summary>
internal sealed class ExecutableStore(DistributedApplicationModel model)
{
    private Dictionary<string, ExecutableInstance> byName = [];

    public IReadOnlyCollection<ExecutableInstance> All => byName.Values;

    public void Fill()
    {
        foreach (var resource in model.Resources.Where(r => r.IsRun() && !r.HasAnnotationOfType<InstancesAnnotation>()))
            ResourceNames.AssignInstances(resource, resource.GetReplicaCount());
        byName = model.Resources.SelectMany(r => r.Annotations.OfType<InstancesAnnotation>().Take(1).SelectMany(a => a.Instances).Select(i => new ExecutableInstance(r, i)))
            .ToDictionary(e => e.Instance.Name, StringComparer.OrdinalIgnoreCase);
    }

    public ExecutableInstance? Find(string name) => byName.GetValueOrDefault(name);
}

internal sealed class ExecutableInstance(IResource resource, ResourceInstance instance)
{
    private readonly TaskCompletionSource initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IResource Resource { get; } = resource;

    public ResourceInstance Instance { get; } = instance;

    public string Name => Instance.Name;

    public DcpKind Kind => Resource is ContainerResource ? DcpKind.Container : DcpKind.Executable;

    /// <summary>One start or stop at a time.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The first start is over, with success or without; only then can a person start it anew.</summary>
    public Task Initialized => initialized.Task;

    /// <summary>DCP's object that is current. What is still heard of its predecessors does not count any more.</summary>
    public string? RetiredUid { get; set; }

    public string? Uid { get; set; }

    public ResolvedCommand? Command { get; set; }

    public void MarkInitialized() => initialized.TrySetResult();
}

/// <summary>What DCP calls it, one and many.</summary>
internal sealed record DcpKind(string Name, string Plural)
{
    public static readonly DcpKind Executable = new("Executable", "executables");
    public static readonly DcpKind Container = new("Container", "containers");
}

/// <summary>What a process is started with, all values known.</summary>
internal sealed record ResolvedCommand(string Program, string WorkingDirectory, IReadOnlyList<ResolvedArgument> Arguments, IReadOnlyDictionary<string, string> Environment);

internal sealed record ResolvedArgument(string Value, bool IsSecret);
