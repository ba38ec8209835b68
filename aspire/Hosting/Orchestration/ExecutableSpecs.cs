using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Projects;

namespace Aspire.Hosting.Orchestration;

/// <summary>Works out what a process is started with, anew for each start, since callbacks may answer differently the next time.</summary>
internal sealed class ExecutableSpecs(DistributedApplicationExecutionContext context, ResourceLoggerService loggers, AppHostAssembly appHost)
{
    public async Task<ResolvedCommand> ResolveAsync(IResource resource, CancellationToken cancellationToken)
    {
        var (program, workingDirectory, leading) = resource switch
        {
            ExecutableResource executable => (executable.Command, executable.WorkingDirectory, (IReadOnlyList<string>)[]),
            ProjectResource project => OfProject(project),
            // Without an entrypoint the image knows what to start; where, it always does.
            ContainerResource container => (container.Entrypoint ?? "", "", []),
            _ => throw new InvalidOperationException($"'{resource.Name}' is not a process."),
        };
        List<ResolvedArgument> arguments = [.. leading.Select(a => new ResolvedArgument(a, IsSecret: false)), .. await ArgumentsAsync(resource, cancellationToken)];
        return new(program, workingDirectory, arguments, await EnvironmentAsync(resource, cancellationToken));
    }

    private (string Program, string WorkingDirectory, IReadOnlyList<string> Leading) OfProject(ProjectResource project)
    {
        project.TryGetLastAnnotation<ProjectAnnotation>(out var annotation);
        var path = annotation!.Metadata.ProjectPath;
        var assembly = appHost.ProgramOf(path)
            ?? throw new DistributedApplicationException($"The AppHost has no project reference to '{path}', so it does not know what to start for '{project.Name}'.");
        if (!File.Exists(assembly))
            throw new DistributedApplicationException($"'{assembly}' is missing: build the AppHost, which builds '{project.Name}' along.");
        var profileArguments = annotation.Profile?.Arguments() ?? [];
        var directory = Path.GetDirectoryName(path)!;
        // The program itself rather than dotnet run, so that process id and signals are the service's own.
        var executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? "exe" : null);
        return File.Exists(executable)
            ? (executable, directory, profileArguments)
            : ("dotnet", directory, ["exec", assembly, .. profileArguments]);
    }

    private async Task<IReadOnlyList<ResolvedArgument>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var values = new List<object>();
        var callbackContext = new CommandLineArgsCallbackContext(values, resource, cancellationToken) { ExecutionContext = context, Logger = loggers.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await annotation.Callback(callbackContext);
        var arguments = new List<ResolvedArgument>();
        foreach (var value in values)
        {
            if (await TextAsync(value, cancellationToken) is { } text)
                arguments.Add(new(text, ValueReferences.AreSecret(value)));
        }
        return arguments;
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(IResource resource, CancellationToken cancellationToken)
    {
        var callbackContext = new EnvironmentCallbackContext(context, resource, cancellationToken: cancellationToken) { Logger = loggers.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await annotation.Callback(callbackContext);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in callbackContext.EnvironmentVariables)
        {
            if (await TextAsync(value, cancellationToken) is { } text)
                variables[name] = text;
        }
        return variables;
    }

    private static async ValueTask<string?> TextAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
