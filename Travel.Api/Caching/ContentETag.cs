using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Travel.Api.Documentation;
using Travel.Api.Listings;

namespace Travel.Api.Caching;

/// <summary>An ETag for answers that have no version: of their bytes (RFC 9110, section 8.8.3).</summary>
internal static class ContentETag
{
    private const int Bytes = 16;

    public static RouteHandlerBuilder SendsContentETag(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(async (call, next) => Tagged(call.HttpContext, await next(call)))
        .Produces(StatusCodes.Status304NotModified)
        .Sends("ETag");

    private static object? Tagged(HttpContext context, object? result)
    {
        if (JsonBytes.Of(result, context) is not { } answer)
        {
            return result;
        }

        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Bytes).AsSpan(0, Bytes))}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        return tag.IsKnownTo(context.Request) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : answer;
    }
}
