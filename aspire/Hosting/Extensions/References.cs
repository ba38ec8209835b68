using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Passes on the connection string, and its parts as <c>{NAME}_{PART}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        builder.WithRelationship(resource, RelationshipTypes.Reference);
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = new ConnectionString(resource, optional);
            foreach (var (part, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[$"{VariableName(name)}_{part.ToUpperInvariant()}"] = value;
        });
    }

    /// <summary>Passes on every endpoint as <c>services__{name}__{endpoint}__0</c> and <c>{NAME}_{ENDPOINT}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        builder.WithRelationship(source.Resource, RelationshipTypes.Reference);
        return builder.WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints())
                PassOn(context, endpoint);
        });
    }

    private static void PassOn(EnvironmentCallbackContext context, EndpointReference endpoint)
    {
        var service = endpoint.Resource.Name;
        context.EnvironmentVariables[$"{VariableName(service)}_{VariableName(endpoint.EndpointName)}"] = endpoint;
        context.EnvironmentVariables[$"services__{service}__{(endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName)}__0"] = endpoint;
    }

    private static string VariableName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    /// <summary>A connection string that has to be there unless it is optional.</summary>
    private sealed class ConnectionString(IResourceWithConnectionString resource, bool optional) : IValueProvider, IValueWithReferences
    {
        public IEnumerable<object> References => [resource];

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            var value = await resource.GetConnectionStringAsync(cancellationToken);
            return string.IsNullOrEmpty(value) && !optional
                ? throw new DistributedApplicationException($"The connection string for the resource '{resource.Name}' is not available.")
                : value;
        }
    }
}
