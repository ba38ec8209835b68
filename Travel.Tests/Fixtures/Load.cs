using System.Collections.Concurrent;
using System.Diagnostics;

namespace Travel.Tests.Fixtures;

/// <param name="Begun">When it was sent, since the load began.</param>
/// <param name="Ended">When it was answered or had failed, since the load began.</param>
/// <param name="Failure">What went wrong; null when the answer was a success.</param>
internal sealed record LoadRequest(string Client, TimeSpan Begun, TimeSpan Ended, string? Failure);

/// <summary>Asks for a page again and again: half of the clients keep their connection, half open one for every request.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int ClientsOfEachKind = 4;

    // While a replica starts, DCP's proxy already sends it every second connection, and tries those again at random after growing pauses: some
    // wait as long as a process takes to start.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<LoadRequest> requests = [];
    private readonly Task[] clients;

    public Load(Uri page) => clients =
    [
        .. Enumerable.Range(0, ClientsOfEachKind).Select(_ => RunAsync("kept connection", page, keep: true)),
        .. Enumerable.Range(0, ClientsOfEachKind).Select(_ => RunAsync("new connection", page, keep: false)),
    ];

    public TimeSpan Now => watch.Elapsed;

    public IReadOnlyCollection<LoadRequest> Requests => requests;

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task RunAsync(string name, Uri page, bool keep)
    {
        using var handler = new SocketsHttpHandler { PooledConnectionLifetime = keep ? Timeout.InfiniteTimeSpan : TimeSpan.Zero };
        using var client = new HttpClient(handler) { Timeout = Patience };
        while (!stop.IsCancellationRequested)
        {
            var begun = Now;
            var failure = await AskAsync(client, page);
            requests.Enqueue(new(name, begun, Now, failure));
            await Task.Delay(Between);
        }
    }

    private static async Task<string?> AskAsync(HttpClient client, Uri page)
    {
        try
        {
            using var answer = await client.GetAsync(page);
            return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return exception.GetBaseException().Message;
        }
    }
}
