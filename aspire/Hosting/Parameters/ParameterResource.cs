using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from outside: configuration <c>Parameters:{name}</c>, or a default.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> value;

    [SuppressMessage("Design", "MA0056:Do not call overridable members in constructor", Justification = "Nothing overridable is called before the value is asked for.")]
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        Secret = secret;
        value = new(() => callback(Default));
    }

    public ParameterDefault? Default { get; set; }

    public bool Secret { get; }

    public string ValueExpression => $"{{{Name}.value}}";

    internal string ConfigurationKey => $"Parameters:{Name}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(value.Value);
}
