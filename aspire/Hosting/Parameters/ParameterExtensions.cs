using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <param name="persist">Keep what <paramref name="value"/> gives in the AppHost's user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        var kept = persist && builder is DistributedApplicationBuilder { UserSecrets: var secrets } ? new PersistedParameterDefault(value, $"Parameters:{name}", secrets) : value;
        return builder.Add(new(name, d => Configured(builder, name) ?? d!.GetDefaultValue(), secret) { Default = kept });
    }

    private static IResourceBuilder<ParameterResource> Add(this IDistributedApplicationBuilder builder, ParameterResource parameter) =>
        builder.AddResource(parameter).WithInitialState(new()
        {
            ResourceType = "Parameter",
            State = KnownResourceStates.Waiting,
            Properties = [new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey)],
        });

    // Environment variables cannot carry a hyphen, so Parameters__admin_key also sets admin-key.
    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];
}
