using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Travel.Api.Caching;

/// <summary>An answer as it goes out, with its length: what is kept of it is sent again with its length too, and not in chunks.</summary>
/// <param name="Bytes">May be everybody's: nobody's to change.</param>
internal sealed record JsonBytes(byte[] Bytes) : IResult
{
    /// <param name="result">Of an endpoint.</param>
    /// <returns>Null of what is no answer to be kept.</returns>
    public static JsonBytes? Of(object? result, HttpContext context) => (result is INestedHttpResult nested ? nested.Result : result) switch
    {
        JsonBytes written => written,
        IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } => new(
            JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)),
        _ => null,
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = Bytes.Length;
        await httpContext.Response.Body.WriteAsync(Bytes, httpContext.RequestAborted);
    }
}
