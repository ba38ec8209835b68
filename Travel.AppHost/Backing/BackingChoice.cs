using Microsoft.Extensions.Configuration;

namespace Travel.AppHost.Backing;

/// <summary>
/// <c>Backing=auto|containers|processes</c>. Auto takes containers where an engine answers and the images can be had, else processes,
/// and keeps to that choice, which is noted beside the data: the two have data of their own.
/// </summary>
internal static class BackingChoice
{
    private const string Containers = "containers";
    public const string Processes = "processes";

    /// <summary>Where everything is that outlives a run, but for containers' data.</summary>
    public static string DataFolder(IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(builder.Configuration["Data"] ?? Path.Combine(builder.AppHostDirectory, "..", ".data"));

    public static async Task<IBacking> MakeAsync(IDistributedApplicationBuilder builder)
    {
        var data = DataFolder(builder);
        var processes = new ProcessBacking(builder, Path.Combine(data, Processes));
        var containers = new ContainerBacking(builder, data);
        switch (builder.Configuration["Backing"] ?? "auto")
        {
            case Processes:
                return processes;
            case Containers:
                return await ProblemAsync(builder, containers) is { } problem ? throw new BackingException(problem) : containers;
            case "auto":
                return await ChooseAsync(builder, data, containers) == Containers ? containers : processes;
            case var other:
                throw new BackingException($"Backing is auto, {Containers} or {Processes}, not '{other}'.");
        }
    }

    private static async Task<string> ChooseAsync(IDistributedApplicationBuilder builder, string data, ContainerBacking containers)
    {
        var note = Path.Combine(data, "backing");
        var before = File.Exists(note) ? (await File.ReadAllTextAsync(note)).Trim() : null;
        if (before == Processes)
            return Processes;
        var problem = await ProblemAsync(builder, containers);
        if (before == Containers && problem is not null)
            throw new BackingException($"{problem} The data is in containers, as {note} says; --Backing={Processes} starts with data of its own.");
        if (before is null)
        {
            Directory.CreateDirectory(data);
            await File.WriteAllTextAsync(note, problem is null ? Containers : Processes);
            Console.WriteLine(problem is null ? $"The servers run in containers, from now on ({note})." : $"The servers run as processes, from now on ({note}): {problem}");
        }

        return problem is null ? Containers : Processes;
    }

    /// <summary>What keeps the servers from running in containers.</summary>
    private static async Task<string?> ProblemAsync(IDistributedApplicationBuilder builder, ContainerBacking containers)
    {
        var wanted = builder.Configuration["ASPIRE_CONTAINER_RUNTIME"];
        if (await ContainerEngine.FindAsync(wanted) is not { } engine)
            return $"No container engine answers: start {wanted ?? "Docker or Podman"}.";
        foreach (var image in containers.Images)
        {
            if (await engine.GetImageAsync(image) is { } reason)
                return $"The image {image} is not here and cannot be pulled ({reason}).";
        }

        return null;
    }
}

/// <summary>One sentence for whoever has started the AppHost, who has no use for where in the code it was said.</summary>
internal sealed class BackingException(string sentence) : DistributedApplicationException(sentence)
{
    public override string ToString() => Message;
}
