using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <param name="persist">Keep what <paramref name="value"/> gives in the AppHost's user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.Add(Generated(builder, name, secret, value, persist));

    /// <summary>The password of a server that was not given one: configured, or generated once and kept. It is no resource of its own.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        var value = new GenerateParameterDefault
        {
            MinLength = 22,
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        return Generated(builder, name, secret: true, value, persist: true);
    }

    private static ParameterResource Generated(IDistributedApplicationBuilder builder, string name, bool secret, ParameterDefault value, bool persist)
    {
        var kept = persist && builder is DistributedApplicationBuilder { UserSecrets: var secrets } ? new PersistedParameterDefault(value, $"Parameters:{name}", secrets) : value;
        return new(name, d => Configured(builder, name) ?? d!.GetDefaultValue(), secret) { Default = kept };
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
