using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Caching;

namespace Travel.Api.Operations;

/// <summary>What operators see of kept answers, and have computed anew.</summary>
internal static class CacheEndpoints
{
    public static void MapCache(this IEndpointRouteBuilder api)
    {
        var cache = api.MapGroup("/operations/cache").WithTags("Operations").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        cache.MapGet("", GetAsync).WithName("GetCache").WithSummary("What is kept, and how often it is of use").AcceptsQuery();
        cache.MapGet("/history", HistoryAsync).WithName("GetCacheHistory").WithSummary("How it was over the last hours").AcceptsQuery("hours");
        cache.MapDelete("/tags/{tag}", FlushAsync).WithName("FlushCacheTag").WithSummary("Have what is kept under a tag computed anew").Refuses(ProblemTypes.Invalid);
    }

    private static async Task<Ok<CacheResponse>> GetAsync(CacheReads reads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reads.NowAsync(cancellationToken));

    private static async Task<Results<Ok<CacheHistoryResponse>, ValidationProblem>> HistoryAsync(int? hours, CacheReads reads, CancellationToken cancellationToken) =>
        hours is < 1 or > CacheMinutes.Hours
            ? Problems.Invalid("hours", $"Between 1 and {CacheMinutes.Hours}.")
            : TypedResults.Ok(await reads.HistoryAsync(hours ?? QueueEndpoints.UsualHours, cancellationToken));

    private static async Task<Results<NoContent, ValidationProblem>> FlushAsync(
        string tag, ClaimsPrincipal caller, FlushTag flush, CancellationToken cancellationToken)
    {
        if (!CacheTags.IsOne(tag))
        {
            return Problems.Invalid("tag", "Is no tag: see docs/caching.md.");
        }

        await flush.ExecuteAsync(tag, caller.UserId(), cancellationToken);
        return TypedResults.NoContent();
    }
}
