using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Travel.Worker.Mail;

/// <summary>
/// Connections to the mail server: a few, each for one mail at a time, and kept for the next one. A <see cref="SmtpClient"/> stays connected
/// between its mails. One whose mail was not taken is thrown away, for nobody knows what its server waits for.
/// </summary>
internal sealed class SmtpConnections : IDisposable
{
    /// <summary>Shorter than servers wait for the next mail; RFC 5321 (4.5.3.2.7) has them wait five minutes, and many do not.</summary>
    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(30);

    /// <summary>Over one connection. Many servers take no more, or hold it against whoever never lets go.</summary>
    private const int MostMails = 100;

    private readonly MailOptions options;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim places;
    private readonly Lock gate = new();
    private readonly List<Connection> idle = [];
    private readonly ITimer closing;
    private bool isClosed;

    public SmtpConnections(IOptions<MailOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        places = new SemaphoreSlim(this.options.MostConnections);
        closing = clock.CreateTimer(_ => CloseIdle(), state: null, KeepIdle, KeepIdle);
    }

    /// <summary>Waits until there is a connection to be had. To be done before the mail is claimed: nobody else could send it meanwhile.</summary>
    public async Task<Place> TakePlaceAsync(CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        return new Place(this);
    }

    /// <summary>Closes what has been idle for long.</summary>
    internal void CloseIdle()
    {
        var before = clock.GetUtcNow() - KeepIdle;
        foreach (var client in TakeOut(connection => connection.IdleSince <= before))
        {
            client.Dispose();
        }
    }

    public void Dispose()
    {
        closing.Dispose();
        lock (gate)
        {
            isClosed = true;
        }

        foreach (var client in TakeOut(_ => true))
        {
            client.Dispose();
        }

        places.Dispose();
    }

    private async Task SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            if (TakeIdle() is not { } kept || !await IsSentOverAsync(kept, message, either.Token))
            {
                await SendOverAsync(Open(), message, either.Token);
            }
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException("The SMTP server did not answer in time.", exception);
        }
    }

    /// <returns>False when the server had hung up meanwhile, as servers do after some time or some mails.</returns>
    private async Task<bool> IsSentOverAsync(Connection kept, MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await SendOverAsync(kept, message, cancellationToken);
            return true;
        }
        catch (SmtpException exception) when (exception.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable)
        {
            return false;
        }
    }

    private async Task SendOverAsync(Connection connection, MailMessage message, CancellationToken cancellationToken)
    {
        var sending = connection.Client.SendMailAsync(message, cancellationToken);
        try
        {
            // While it connects, and while it waits for the answer to the end of a mail, a client listens to no token.
            await sending.WaitAsync(cancellationToken);
        }
        catch
        {
            connection.Client.Dispose();
            // With its connection it ends, and lets go of the mail.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // It was not the server that hung up: it may have the mail, and is not given it over another connection.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        Keep(connection with { Mails = connection.Mails + 1, IdleSince = clock.GetUtcNow() });
    }

    private Connection Open()
    {
        var client = new SmtpClient(options.Server!.Host, options.Server.Port)
        {
            EnableSsl = options.Security == MailSecurity.StartTls,
            Credentials = string.IsNullOrEmpty(options.UserName) ? null : new NetworkCredential(options.UserName, options.Password),
            // For what no token ends. Later than that, for a client that ends by itself looks like a server that has hung up.
            Timeout = (int)(2 * options.Timeout).TotalMilliseconds,
        };
        return new Connection(client, Mails: 0, clock.GetUtcNow());
    }

    private void Keep(Connection connection)
    {
        lock (gate)
        {
            if (!isClosed && connection.Mails < MostMails)
            {
                idle.Add(connection);
                return;
            }
        }

        connection.Client.Dispose();
    }

    /// <summary>The one that was used last: the others grow old enough to be closed.</summary>
    private Connection? TakeIdle()
    {
        lock (gate)
        {
            if (idle.Count == 0)
            {
                return null;
            }

            var last = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return last;
        }
    }

    private List<SmtpClient> TakeOut(Predicate<Connection> which)
    {
        lock (gate)
        {
            var taken = idle.FindAll(which).ConvertAll(connection => connection.Client);
            idle.RemoveAll(which);
            return taken;
        }
    }

    /// <summary>Leave to have one connection open, until it is disposed of.</summary>
    internal sealed class Place(SmtpConnections connections) : IDisposable
    {
        /// <exception cref="SmtpException">The server did not take it, or could not be spoken to.</exception>
        /// <exception cref="TimeoutException">The server did not answer in time; whether it took the mail is not known.</exception>
        public Task SendAsync(MailMessage message, CancellationToken cancellationToken) => connections.SendAsync(message, cancellationToken);

        public void Dispose() => connections.places.Release();
    }

    /// <param name="Mails">How many have gone over it.</param>
    private sealed record Connection(SmtpClient Client, int Mails, DateTimeOffset IdleSince);
}
