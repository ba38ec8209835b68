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

    private readonly MailOptions options;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim places;
    private readonly Lock gate = new();
    private readonly List<Idle> idle = [];
    private readonly ITimer closing;
    private bool isClosed;

    public SmtpConnections(IOptions<MailOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        places = new SemaphoreSlim(this.options.MostConnections);
        closing = clock.CreateTimer(_ => CloseIdle(), state: null, KeepIdle, KeepIdle);
    }

    /// <exception cref="SmtpException">The server did not take it, or could not be spoken to.</exception>
    public async Task SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            if (TakeIdle() is not { } kept || !await IsSentOverAsync(kept, message, cancellationToken))
            {
                await SendOverAsync(Open(), message, cancellationToken);
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Closes what has been idle for long.</summary>
    internal void CloseIdle()
    {
        var before = clock.GetUtcNow() - KeepIdle;
        foreach (var client in TakeOut(connection => connection.Since <= before))
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

    /// <returns>False when the server had hung up meanwhile, as servers do after some time or some mails.</returns>
    private async Task<bool> IsSentOverAsync(SmtpClient kept, MailMessage message, CancellationToken cancellationToken)
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

    private async Task SendOverAsync(SmtpClient client, MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendMailAsync(message, cancellationToken);
        }
        catch
        {
            client.Dispose();
            throw;
        }

        lock (gate)
        {
            if (!isClosed)
            {
                idle.Add(new Idle(client, clock.GetUtcNow()));
                return;
            }
        }

        client.Dispose();
    }

    private SmtpClient Open() => new(options.Server!.Host, options.Server.Port)
    {
        EnableSsl = options.Security == MailSecurity.StartTls,
        Credentials = string.IsNullOrEmpty(options.UserName) ? null : new NetworkCredential(options.UserName, options.Password),
    };

    /// <summary>The one that was used last: the others grow old enough to be closed.</summary>
    private SmtpClient? TakeIdle()
    {
        lock (gate)
        {
            if (idle.Count == 0)
            {
                return null;
            }

            var last = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return last.Client;
        }
    }

    private List<SmtpClient> TakeOut(Predicate<Idle> which)
    {
        lock (gate)
        {
            var taken = idle.FindAll(which).ConvertAll(connection => connection.Client);
            idle.RemoveAll(which);
            return taken;
        }
    }

    private sealed record Idle(SmtpClient Client, DateTimeOffset Since);
}
