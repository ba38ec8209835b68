using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>What of DCP's objects is read here. Whatever is written is put together where it is written.</summary>
internal sealed record DcpObject<TStatus>(DcpMetadata Metadata, TStatus? Status);

internal sealed record DcpMetadata(string Name, string? Uid, DateTime? CreationTimestamp);

internal sealed record ServiceStatus(string? EffectiveAddress, int? EffectivePort);

/// <summary>Of an executable, which has a process id, or of a container, which has an id of its own.</summary>
internal sealed record RunStatus(
    string? State,
    int? Pid,
    string? ContainerId,
    int? ExitCode,
    DateTime? StartupTimestamp,
    DateTime? FinishTimestamp,
    IReadOnlyList<DcpVariable>? EffectiveEnv,
    IReadOnlyList<string>? EffectiveArgs);

internal sealed record DcpVariable(string Name, string? Value);

internal sealed record DcpChange<TStatus>(string Type, DcpObject<TStatus> Object);

internal sealed record ServiceSpec(int? Port, string Address, string Protocol, string AddressAllocationMode);

internal sealed record ExecutableSpec(string ExecutablePath, string WorkingDirectory, IReadOnlyList<string> Args, IReadOnlyList<DcpVariable> Env, string ExecutionType = "Process");

internal sealed record ContainerSpec(
    string ContainerName,
    string Image,
    string? Command,
    IReadOnlyList<string> Args,
    IReadOnlyList<DcpVariable> Env,
    IReadOnlyList<ContainerPort> Ports,
    IReadOnlyList<ContainerMount> VolumeMounts);

internal sealed record ContainerPort([property: JsonPropertyName("containerPort")] int? Number, int? HostPort, string Protocol, [property: JsonPropertyName("hostIP")] string? HostIP);

internal sealed record ContainerMount(string Type, string? Source, string Target, bool ReadOnly);

internal sealed record ServiceProducer(string ServiceName, string Address, int? Port);
