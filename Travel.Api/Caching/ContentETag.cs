using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Travel.Api.Documentation;
using Travel.Api.Listings;

namespace Travel.Api.Caching;

/// <summary>An answer that was written as JSON before, for several readers at once; <see cref="ContentETag"/> sends it.</summary>
internal sealed record JsonBytes(byte[] Bytes) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("The endpoint does not send a content ETag.");
}

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
        if (BytesOf(answer, context) is not { } bytes)
        {
            return result;
        }

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

    /// <returns>Null of what is no answer to be kept.</returns>
    private static byte[]? BytesOf(object? answer, HttpContext context) => answer switch
    {
        JsonBytes json => json.Bytes,
        IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } =>
            JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
        _ => null,
    };
}
