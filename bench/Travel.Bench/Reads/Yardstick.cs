using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Travel.Bench.Command;

namespace Travel.Bench.Reads;

/// <summary>
/// The least that answering takes here: Kestrel and one delegate, no routing, nothing before or behind it. It answers every GET with the body and the headers
/// that the last PUT has brought, so that both servers send the same bytes.
/// </summary>
internal static class Yardstick
{
    public const string Name = "yardstick";

    /// <summary>Whose values go out as they came in.</summary>
    private static readonly string[] Headers = ["Content-Type", "ETag"];

    public static BenchEntry Entry { get; } = new(Name, "nothing by itself: the bare server that reads are compared with", [], RunAsync);

    /// <summary>Has it answer as another server has.</summary>
    public static async Task ImitateAsync(HttpClient client, Uri yardstick, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) { Headers = { ContentType = answer.Content.Headers.ContentType } };
        using var put = new HttpRequestMessage(HttpMethod.Put, yardstick) { Content = content };
        put.Headers.TryAddWithoutValidation("ETag", answer.Headers.ETag?.ToString());
        (await client.SendAsync(put, cancellationToken)).Dispose();
    }

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        var body = Array.Empty<byte>();
        var headers = new List<KeyValuePair<string, string>>();
        server.Run(async context =>
        {
            if (HttpMethods.IsPut(context.Request.Method))
            {
                using var brought = new MemoryStream();
                await context.Request.Body.CopyToAsync(brought, context.RequestAborted);
                (headers, body) = ([.. Headers.Select(name => KeyValuePair.Create(name, context.Request.Headers[name].ToString())).Where(header => header.Value.Length > 0)], brought.ToArray());
                return;
            }

            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        });
        await ((IHost)server).RunAsync(cancellationToken);
        return true;
    }
}
