using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Projects;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var metadata = new TProject();
        var profile = LaunchProfile.Choose(metadata.ProjectPath, options, builder.Configuration);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(new ProjectAnnotation(metadata, profile));

        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.Environment.IsDevelopment())
        {
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }
        project.WithOtlpExporter();
        project.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        project.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        if (profile is not null)
            ApplyProfile(project, profile);
        project.WithEnvironment(context => TellUrls(context, project.Resource));
        return project;
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas));

    private static void ApplyProfile(IResourceBuilder<ProjectResource> project, LaunchProfile profile)
    {
        foreach (var (endpointName, url) in profile.Endpoints())
        {
            project.WithEndpoint(endpointName, e =>
            {
                e.Port = url.Port;
                e.UriScheme = url.Scheme;
                e.Transport = "http";
                e.TargetHost = url.Host;
                e.FromLaunchProfile = true;
            });
        }
        if (profile.LaunchUrl is { Length: > 0 } launchUrl)
        {
            project.WithUrls(context =>
            {
                foreach (var url in context.Urls.Where(u => u.Endpoint is { EndpointAnnotation.FromLaunchProfile: true }))
                    url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
            });
        }
        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (key, value) in profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(key, Environment.ExpandEnvironmentVariables(value));
        });
    }

    private static void TellUrls(EnvironmentCallbackContext context, ProjectResource project)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
            return;
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in project.GetEndpoints().Where(e => e.Scheme is "http" or "https"))
        {
            if (!urls.IsEmpty)
                urls.AppendLiteral(";");
            // So that a redirection to https names the port that others see.
            if (endpoint.Scheme == "https")
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            urls.Append($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
        if (!urls.IsEmpty)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
    }
}
