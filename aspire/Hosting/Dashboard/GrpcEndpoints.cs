using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// As much of a gRPC server as five calls need, on plain HTTP/2: each message with five bytes in front of it, the status in a trailer.
/// See https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md.
/// </summary>
internal static class GrpcEndpoints
{
    private const int PrefixLength = 5;
    private const int MostBytes = 4 * 1024 * 1024;

    public static void MapUnary<TRequest, TResponse>(this IEndpointRouteBuilder endpoints, string method, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse> =>
        endpoints.MapPost(method, context => AnswerAsync(context, async cancellationToken =>
        {
            var request = await ReadAsync<TRequest>(context, cancellationToken);
            await WriteAsync(context, await handler(request, cancellationToken), cancellationToken);
        }));

    public static void MapServerStream<TRequest, TResponse>(this IEndpointRouteBuilder endpoints, string method, Func<TRequest, CancellationToken, IAsyncEnumerable<TResponse>> handler)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse> =>
        endpoints.MapPost(method, context => AnswerAsync(context, async cancellationToken =>
        {
            var request = await ReadAsync<TRequest>(context, cancellationToken);
            await foreach (var message in handler(request, cancellationToken))
                await WriteAsync(context, message, cancellationToken);
        }));

    /// <summary>A call in which there is never anything to say: it stays open until one of the two sides goes.</summary>
    public static void MapSilence(this IEndpointRouteBuilder endpoints, string method) =>
        endpoints.MapPost(method, context => AnswerAsync(context, cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken)));

    private static async Task AnswerAsync(HttpContext context, Func<CancellationToken, Task> answer)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        // The client takes a stream for established only once it has the headers.
        await context.Response.StartAsync(context.RequestAborted);
        try
        {
            await answer(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has gone or the host stops: either way the stream is over.
        }
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, CancellationToken cancellationToken)
        where T : IMessage<T>, new()
    {
        var prefix = new byte[PrefixLength];
        await context.Request.Body.ReadExactlyAsync(prefix, cancellationToken);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (prefix[0] != 0 || length > MostBytes)
            throw new BadHttpRequestException($"A gRPC message of {length} bytes, compressed: {prefix[0] != 0}, is not taken here.");
        var payload = new byte[length];
        await context.Request.Body.ReadExactlyAsync(payload, cancellationToken);
        var message = new T();
        message.MergeFrom(payload);
        return message;
    }

    private static async Task WriteAsync<T>(HttpContext context, T message, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var length = message.CalculateSize();
        var writer = context.Response.BodyWriter;
        var frame = writer.GetMemory(PrefixLength + length)[..(PrefixLength + length)];
        frame.Span[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(frame.Span[1..], (uint)length);
        message.WriteTo(frame.Span[PrefixLength..]);
        writer.Advance(frame.Length);
        await writer.FlushAsync(cancellationToken);
    }
}
