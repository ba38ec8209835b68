namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known only once the application runs.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>How a manifest would name the value; nothing here writes one, but the expressions are built from it.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}

internal static class ValueReferences
{
    /// <summary>The resources a value is made of, however deep.</summary>
    public static IEnumerable<IResource> Resources(object value)
    {
        if (value is IResource resource)
            yield return resource;
        else if (value is IValueWithReferences nested)
        {
            foreach (var inner in nested.References.SelectMany(Resources))
                yield return inner;
        }
    }

    /// <summary>Does a secret parameter go into the value?</summary>
    public static bool AreSecret(object value) => value switch
    {
        ParameterResource parameter => parameter.Secret,
        IValueWithReferences nested => nested.References.Any(AreSecret),
        _ => false,
    };
}
