using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Travel.Api.Listings;
using Travel.Api.Operations;
using Travel.Api.Reviews;
using Travel.Domain.Caching;

namespace Travel.Api.Caching;

/// <summary>
/// Answers to strangers are kept whole, each as long as what it shows is as it was. Who shows a token is answered by the endpoint itself, and so is
/// every error: neither is ever kept.
/// </summary>
/// <param name="region">One of <see cref="CacheRegions"/>.</param>
/// <param name="tagsAsync">What the answer to a request shows; null when that cannot be said, and it is not kept.</param>
internal sealed class PublicAnswers(string region, Func<HttpContext, ValueTask<IReadOnlyList<string>?>> tagsAsync) : IOutputCachePolicy
{
    private static readonly object TagsBefore = new();

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Headers.Authorization.Count > 0 || await tagsAsync(context.HttpContext) is not { } tags)
        {
            return;
        }

        var services = context.HttpContext.RequestServices;
        context.HttpContext.Items[TagsBefore] = await services.GetRequiredService<TaggedCache>().TagsNowAsync(tags);
        // Nobody between us and the reader can know when it ends.
        context.HttpContext.Response.Headers.CacheControl = "no-cache";
        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = true;
        // Whoever waits for another's answer would get one that began before they asked, or their fate; what is computed is computed once all the same.
        context.AllowLocking = false;
        context.ResponseExpirationTimeSpan = services.GetRequiredService<IOptions<CachingOptions>>().Value.ResponsesFor;
        context.CacheVaryByRules.CacheKeyPrefix = region + ":";
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByHost = false;
        context.CacheVaryByRules.VaryByValues["quarter"] = CacheKeys.Quarter(services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0
            && context.HttpContext.User.Identity?.IsAuthenticated != true;
        if (context.AllowCacheStorage && context.HttpContext.Items[TagsBefore] is IEnumerable<string> tags)
        {
            context.Tags.UnionWith(tags);
        }

        return ValueTask.CompletedTask;
    }
}

internal static class PublicAnswersOfEndpoints
{
    public static void AddPublicAnswers(this IServiceCollection services)
    {
        services.AddSingleton<CacheReads>();
        services.AddSingleton<SharedReads>();
        services.AddSingleton<CachedListings>();
        services.AddSingleton<CachedReviews>();
        services.AddOutputCache(cache => cache.UseCaseSensitivePaths = true);
    }

    /// <inheritdoc cref="PublicAnswers"/>
    public static RouteHandlerBuilder KeepsAnswers(
        this RouteHandlerBuilder endpoint, string region, Func<HttpContext, ValueTask<IReadOnlyList<string>?>> tagsAsync) =>
        endpoint.WithMetadata(new PublicAnswers(region, tagsAsync)).AddEndpointFilter(static async (call, next) =>
        {
            var result = await next(call);
            return JsonBytes.Of(result, call.HttpContext) ?? result;
        });

    /// <summary>For what the request itself says the tags of.</summary>
    public static RouteHandlerBuilder KeepsAnswers(this RouteHandlerBuilder endpoint, string region, Func<HttpContext, IReadOnlyList<string>?> tags) =>
        endpoint.KeepsAnswers(region, context => ValueTask.FromResult(tags(context)));

    /// <summary>For what lies below <c>/listings/{id}</c>: tags by the id in the path.</summary>
    public static RouteHandlerBuilder KeepsAnswersOfListing(this RouteHandlerBuilder endpoint, string region, Func<Guid, IReadOnlyList<string>> tags) =>
        endpoint.KeepsAnswers(region, context => Guid.TryParse(context.GetRouteValue("id") as string, out var id) ? tags(id) : null);
}
