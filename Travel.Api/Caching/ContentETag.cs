using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Travel.Api.Documentation;
using Travel.Api.Listings;

namespace Travel.Api.Caching;

/// <summary>An ETag for answers that have no version: of their bytes (RFC 9110, section 8.8.3).</summary>
internal static class ContentETag
{
    private const int Bytes = 16;

    public static RouteHandlerBuilder SendsContentETag(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(async (call, next) => await AnswerAsync(call.HttpContext, await next(call)))
        .Produces(StatusCodes.Status304NotModified)
        .Sends("ETag");

    private static async Task<object?> AnswerAsync(HttpContext context, object? result)
    {
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        if (answer is not IValueHttpResult { Value: { } value } || answer is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            return result;
        }

        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, Bytes))}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        if (tag.IsKnownTo(context.Request))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        return TypedResults.Empty;
    }
}
