using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the Program of an AppHost, as it is, up to the point where it builds.</summary>
    /// <typeparam name="TEntryPoint">Any type of the AppHost's assembly.</typeparam>
    /// <param name="args">For the Program, and so configuration: <c>--Key=value</c>.</param>
    /// <param name="configureBuilder">Has the last word on what a test sets otherwise than a person's start: no dashboard, ports at random.</param>
    /// <param name="cancellationToken">Ends the waiting for the Program.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        if (args.Any(string.IsNullOrEmpty))
            throw new ArgumentException($"Array params contains empty item: [{string.Join(", ", args)}]", nameof(args));
        var program = new AppHostProgram(typeof(TEntryPoint).Assembly, args, configureBuilder);
        return new TestingBuilder(program, await program.BeginAsync().WaitAsync(cancellationToken));
    }
}

/// <summary>The AppHost's own builder, after its Program has made the model and before it builds.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder
{
    /// <summary>Lets the Program build.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
