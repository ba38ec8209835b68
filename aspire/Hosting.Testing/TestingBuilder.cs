using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

internal sealed class TestingBuilder(AppHostProgram program, DistributedApplicationBuilder builder) : IDistributedApplicationTestingBuilder
{
    public ConfigurationManager Configuration => builder.Configuration;

    public string AppHostDirectory => builder.AppHostDirectory;

    public IHostEnvironment Environment => builder.Environment;

    public IServiceCollection Services => builder.Services;

    public DistributedApplicationExecutionContext ExecutionContext => builder.ExecutionContext;

    public IDistributedApplicationEventing Eventing => builder.Eventing;

    public IResourceCollection Resources => builder.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => builder.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => builder.CreateResourceBuilder(resource);

    public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
        new TestedApplication(program, await program.BuildAsync(cancellationToken));

    /// <summary>The test's end of the application; it is the Program that has it and runs it.</summary>
    private sealed class TestedApplication(AppHostProgram program, DistributedApplication application) : DistributedApplication(application)
    {
        public override Task StartAsync(CancellationToken cancellationToken = default) => program.StartAsync(cancellationToken);

        public override Task StopAsync(CancellationToken cancellationToken = default) => program.StopAsync().WaitAsync(cancellationToken);

        public override void Dispose()
        {
            program.StopAsync().GetAwaiter().GetResult();
            base.Dispose();
        }

        public override async ValueTask DisposeAsync()
        {
            await program.StopAsync();
            await base.DisposeAsync();
        }
    }
}
