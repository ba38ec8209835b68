using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Availability.Importing;

/// <summary>Where a host name leads. The system's resolver, but for tests.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>
/// Fetches a calendar from wherever a host says it is, and so trusts nothing: every address the name leads to has to be public, the
/// connection goes to the very addresses that were looked at, and what comes back is bounded in size and time.
/// </summary>
public sealed class CalendarDownload(IOptions<ImportOptions> options, ResolveHost resolve)
{
    private const int MostRedirects = 3;
    private readonly ImportOptions limits = options.Value;

    public async Task<CalendarDownloadOutcome> ExecuteAsync(string address, CancellationToken cancellationToken)
    {
        if (CalendarAddress.ErrorOf(address, limits, out var url) is { } error)
        {
            return Failed(error);
        }

        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(limits.Timeout);
        try
        {
            return await FetchAsync(url!, inTime.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"It took longer than {limits.Timeout.TotalSeconds:0.#} seconds.");
        }
        catch (HttpRequestException broken)
        {
            return Failed(broken.InnerException is AuthenticationException
                ? "Its host could not prove who it is: the certificate is not valid."
                : "Its host did not answer, or not in a way we understand.");
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return Failed("Its host did not answer, or not in a way we understand.");
        }
    }

    private async Task<CalendarDownloadOutcome> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        if (await AddressesOfAsync(url, cancellationToken) is not { } addresses)
        {
            return Failed("There is no such host.");
        }

        if (!limits.Allows(url) && !addresses.All(PublicAddresses.IsPublic))
        {
            return Failed(CalendarAddress.NotPublic);
        }

        using var handler = HandlerFor(addresses);
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url)
            {
                Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/calendar"), new MediaTypeWithQualityHeaderValue("*/*", 0.1) } },
            };
            request.Headers.AcceptEncoding.ParseAdd("identity");
            request.Headers.UserAgent.ParseAdd("Travel-Calendar/1.0");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode))
            {
                return await ReadAsync(response, cancellationToken);
            }

            if (response.Headers.Location is not { } location || !LeadsToSameHost(url, location, out url))
            {
                return Failed("It redirects to another host. Use the address it leads to.");
            }
        }

        return Failed("It redirects again and again.");
    }

    private async Task<IPAddress[]?> AddressesOfAsync(Uri url, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.IdnHost, out var literal))
        {
            return [literal];
        }

        try
        {
            return await resolve(url.IdnHost, cancellationToken).WaitAsync(cancellationToken) is { Length: > 0 } found ? found : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static SocketsHttpHandler HandlerFor(IPAddress[] addresses) => new()
    {
        // The name is not resolved again: a second answer could be another one.
        ConnectCallback = async (context, token) => await ConnectAsync(addresses, context.DnsEndPoint.Port, token),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 32,
        SslOptions = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck },
        // No span, and no trace of ours sent along: the path of the address is often its secret.
        ActivityHeadersPropagator = null,
    };

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (var next = 0; ; next++)
        {
            var socket = new Socket(addresses[next].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[next], port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (next < addresses.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool LeadsToSameHost(Uri from, Uri location, out Uri to)
    {
        if (!Uri.TryCreate(from, location, out var target))
        {
            to = from;
            return false;
        }

        to = target;
        return to.Scheme == from.Scheme && string.Equals(CalendarAddress.HostOf(to), from.IdnHost, StringComparison.OrdinalIgnoreCase) && to.Port == from.Port
            && to.UserInfo.Length == 0;
    }

    private async Task<CalendarDownloadOutcome> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Failed($"Its host answered with status {(int)response.StatusCode}.");
        }

        if (response.Content.Headers.ContentEncoding.Any(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return Failed("Its host sent it packed, though we asked for it plain.");
        }

        if (response.Content.Headers.ContentLength > limits.MostBytes)
        {
            return TooLarge();
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[limits.MostBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > limits.MostBytes ? TooLarge() : new CalendarDownloadOutcome.Fetched(Encoding.UTF8.GetString(bytes, 0, length));
    }

    private CalendarDownloadOutcome.Failed TooLarge() => Failed($"It is larger than {limits.MostBytes / 1024} KiB.");

    private static CalendarDownloadOutcome.Failed Failed(string problem) => new(problem);
}

public abstract record CalendarDownloadOutcome
{
    private CalendarDownloadOutcome()
    {
    }

    public sealed record Fetched(string Text) : CalendarDownloadOutcome;

    /// <param name="Problem">A sentence for the host.</param>
    public sealed record Failed(string Problem) : CalendarDownloadOutcome;
}
