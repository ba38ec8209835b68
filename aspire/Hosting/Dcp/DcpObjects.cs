namespace Aspire.Hosting.Dcp;

/// <summary>What of DCP's objects is read here. Whatever is written is put together where it is written.</summary>
internal sealed record DcpObject<TStatus>(DcpMetadata Metadata, TStatus? Status);

internal sealed record DcpMetadata(string Name, string? Uid, DateTime? CreationTimestamp);

internal sealed record ServiceStatus(string? EffectiveAddress, int? EffectivePort);

internal sealed record ExecutableStatus(
    string? State,
    int? Pid,
    int? ExitCode,
    DateTime? StartupTimestamp,
    DateTime? FinishTimestamp,
    IReadOnlyList<DcpVariable>? EffectiveEnv,
    IReadOnlyList<string>? EffectiveArgs);

internal sealed record DcpVariable(string Name, string? Value);

internal sealed record DcpChange<TStatus>(string Type, DcpObject<TStatus> Object);

internal sealed record ServiceSpec(int? Port, string Address, string Protocol, string AddressAllocationMode);

internal sealed record ExecutableSpec(string ExecutablePath, string WorkingDirectory, IReadOnlyList<string> Args, IReadOnlyList<DcpVariable> Env, string ExecutionType = "Process");

internal sealed record ServiceProducer(string ServiceName, string Address, int? Port);
