using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP's REST interface, which follows that of Kubernetes.</summary>
internal sealed class DcpApi : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const string GroupVersion = "usvc-dev.developer.microsoft.com/v1";
    private const string Prefix = $"/apis/{GroupVersion}/";

    private HttpClient? client;

    private HttpClient Client => client ?? throw new InvalidOperationException("DCP has not been started.");

    public void Connect(DcpConnection connection) => client = connection.CreateClient();

    public async Task CreateAsync(string plural, string kind, string name, object spec, IReadOnlyDictionary<string, string>? annotations, CancellationToken cancellationToken)
    {
        var body = new { apiVersion = GroupVersion, kind, metadata = new { name, annotations }, spec };
        using var response = await Client.PostAsJsonAsync($"{Prefix}{plural}", body, Json, cancellationToken);
        await EnsureSuccessAsync(response, $"create {kind} '{name}'", cancellationToken);
    }

    /// <summary>Null when there is no such object.</summary>
    public async Task<DcpObject<TStatus>?> GetAsync<TStatus>(string plural, string name, CancellationToken cancellationToken)
    {
        using var response = await Client.GetAsync(new Uri($"{Prefix}{plural}/{name}", UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await EnsureSuccessAsync(response, $"read {plural} '{name}'", cancellationToken);
        return await response.Content.ReadFromJsonAsync<DcpObject<TStatus>>(Json, cancellationToken);
    }

    public Task PatchSpecAsync(string plural, string name, object spec, CancellationToken cancellationToken) =>
        PatchAsync($"{Prefix}{plural}/{name}", new { spec }, $"change {plural} '{name}'", cancellationToken);

    /// <summary>Ends every process, removes what DCP has made, and ends DCP itself.</summary>
    public Task StopEverythingAsync(CancellationToken cancellationToken) =>
        PatchAsync("/admin/execution", new { status = "Stopping", shutdownResourceCleanup = "Full" }, "stop", cancellationToken);

    /// <summary>Returns when nobody answers any more.</summary>
    public async Task WaitUntilGoneAsync(CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await poll.WaitForNextTickAsync(cancellationToken))
            {
                using var response = await Client.GetAsync(new Uri("/admin/execution", UriKind.Relative), cancellationToken);
            }
        }
        catch (HttpRequestException)
        {
            // Gone.
        }
    }

    public async Task DeleteAsync(string plural, string name, CancellationToken cancellationToken)
    {
        using var response = await Client.DeleteAsync(new Uri($"{Prefix}{plural}/{name}", UriKind.Relative), cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureSuccessAsync(response, $"delete {plural} '{name}'", cancellationToken);
    }

    /// <summary>All objects there are, then every change. Ends when DCP ends the stream, which it does now and then.</summary>
    public async IAsyncEnumerable<DcpChange<TStatus>> WatchAsync<TStatus>(string plural, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync($"{Prefix}{plural}?watch=true", cancellationToken))
        {
            if (line.Length > 0 && JsonSerializer.Deserialize<DcpChange<TStatus>>(line, Json) is { Object.Metadata: not null } change)
                yield return change;
        }
    }

    /// <summary>What the process writes, each line with its time, until it has ended and all is said.</summary>
    public IAsyncEnumerable<string> LogAsync(string plural, string name, string source, CancellationToken cancellationToken) =>
        LinesAsync($"{Prefix}{plural}/{name}/log?source={source}&follow=true&timestamps=true", cancellationToken);

    public void Dispose() => client?.Dispose();

    private async IAsyncEnumerable<string> LinesAsync(string address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await EnsureSuccessAsync(response, $"follow {address}", cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            yield return line;
    }

    private async Task PatchAsync(string address, object change, string what, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(change, mediaType: new("application/merge-patch+json"), Json);
        using var response = await Client.PatchAsync(new Uri(address, UriKind.Relative), content, cancellationToken);
        await EnsureSuccessAsync(response, what, cancellationToken);
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var problem = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new DistributedApplicationException($"DCP could not {what} ({(int)response.StatusCode}): {problem}");
    }
}
