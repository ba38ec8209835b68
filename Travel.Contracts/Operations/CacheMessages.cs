namespace Travel.Contracts.Operations;

/// <summary>Something was changed that cached answers are made of. The message's id is the change's own. For each process that caches, and for nobody's queue.</summary>
/// <param name="Tags">What, by the names of the cache.</param>
public sealed record CacheTagsTouched(IReadOnlyList<string> Tags) : IMessage
{
    public static string RoutingKey => "cache.tags-touched";
}
