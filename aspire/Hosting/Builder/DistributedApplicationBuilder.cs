using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Commands;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder host;
    private readonly BuilderInterception? interception = BuilderInterception.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new() };
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        interception?.Constructing(options, settings);
        host = new(settings);
        AppHost = options.Assembly;
        AppHostDirectory = AppHost.ProjectDirectory ?? host.Environment.ContentRootPath;
        UserSecrets = UserSecretsFile.Of(AppHost.Assembly);
        host.AddHostingServices(this, options);
    }

    public ConfigurationManager Configuration => host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => host.Environment;

    public IServiceCollection Services => host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal AppHostAssembly AppHost { get; }

    internal UserSecretsFile UserSecrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        interception?.Building(this);
        foreach (var resource in Resources)
            LifecycleCommands.AddTo(resource);
        var application = new DistributedApplication(host.Build()) { Interception = interception };
        ExecutionContext.Services = application.Services;
        interception?.Built(application);
        return application;
    }
}
