using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard as a process among the others, hidden from its own list.</summary>
internal sealed class DashboardResource : ExecutableResource
{
    public const string ResourceName = "aspire-dashboard";
    private const string Frontend = "http";
    private const string OtlpGrpcName = "otlp-grpc";
    private const string OtlpHttpName = "otlp-http";

    public DashboardResource(string program, DashboardOptions options, IConfiguration configuration, Func<Uri> resourceService)
        : base(ResourceName, program, Path.GetDirectoryName(program)!)
    {
        AddEndpoint(Frontend, options.FrontendUrl);
        if (options.OtlpGrpcUrl is not null || options.OtlpHttpUrl is null)
            AddEndpoint(OtlpGrpcName, options.OtlpGrpcUrl);
        if (options.OtlpHttpUrl is not null || options.OtlpGrpcUrl is null)
            AddEndpoint(OtlpHttpName, options.OtlpHttpUrl);
        OtlpGrpc = this.GetEndpoint(OtlpGrpcName);
        OtlpHttp = this.GetEndpoint(OtlpHttpName);
        Annotations.Add(new ResourceSnapshotAnnotation(new() { ResourceType = "Executable", Properties = [], IsHidden = true }));
        Annotations.Add(new CommandLineArgsCallbackAnnotation(context =>
        {
            context.Args.Add("dashboard");
            return Task.CompletedTask;
        }));
        Annotations.Add(new EnvironmentCallbackAnnotation(context => Configure(context.EnvironmentVariables, options, configuration, resourceService())));
    }

    /// <summary>May not exist, when only OTLP over HTTP is configured.</summary>
    public EndpointReference OtlpGrpc { get; }

    public EndpointReference OtlpHttp { get; }

    public string LoginUrl(DashboardOptions options) => $"{this.GetEndpoint(Frontend).Url}/login?t={options.BrowserToken}";

    private void AddEndpoint(string name, Uri? url) =>
        Annotations.Add(new EndpointAnnotation(ProtocolType.Tcp, "http", name: name, port: url?.Port) { TargetHost = url?.Host ?? "localhost" });

    private void Configure(Dictionary<string, object> variables, DashboardOptions options, IConfiguration configuration, Uri resourceService)
    {
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (name.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase) && value is not null)
                variables[name] = value;
        }
        variables["ASPNETCORE_ENVIRONMENT"] = "Production";
        variables["ASPNETCORE_URLS"] = TargetUrl(this.GetEndpoint(Frontend));
        variables["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        variables["DASHBOARD__FRONTEND__PUBLICURL"] = this.GetEndpoint(Frontend);
        if (OtlpGrpc.Exists)
            variables[DashboardOptions.OtlpGrpcUrlKey] = TargetUrl(OtlpGrpc);
        if (OtlpHttp.Exists)
            variables[DashboardOptions.OtlpHttpUrlKey] = TargetUrl(OtlpHttp);

        variables["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
        variables["DASHBOARD__FRONTEND__BROWSERTOKEN"] = options.BrowserToken;
        variables["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__OTLP__PRIMARYAPIKEY"] = options.OtlpApiKey;
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        variables["DASHBOARD__API__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__API__PRIMARYAPIKEY"] = options.ApiKey;
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService.ToString();
        variables["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = options.ResourceServiceKey;
    }

    /// <summary>Where it listens itself, behind DCP's proxy.</summary>
    private static ReferenceExpression TargetUrl(EndpointReference endpoint) =>
        ReferenceExpression.Create($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
}
