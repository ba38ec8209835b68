using Microsoft.Extensions.Options;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <summary>Lets this worker's mails go one after another, evenly over the minute: no more of them than its mail server wants.</summary>
/// <remarks>
/// Not one of System.Threading.RateLimiting's: those have a clock of their own, which no test can set, and do not say beforehand how long a wait
/// will be.
/// </remarks>
internal sealed class MailThrottle(IOptions<MailOptions> options, TimeProvider clock)
{
    private readonly Lock gate = new();
    private DateTimeOffset nextTurn;

    /// <summary>Waits for a turn. To be had before the mail is claimed: nobody else could send it meanwhile.</summary>
    /// <exception cref="NotThisMinuteException">The next turn is so far away that the message had better wait with the broker.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MostPerMinute == 0)
        {
            return;
        }

        var wait = TakeTurn() ?? throw new NotThisMinuteException();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <returns>How long until the turn; null when that is longer than a lease, and none is taken.</returns>
    internal TimeSpan? TakeTurn()
    {
        var between = TimeSpan.FromMinutes(1) / options.Value.MostPerMinute;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var turn = nextTurn > now ? nextTurn : now;
            if (turn - now > options.Value.Lease)
            {
                return null;
            }

            nextTurn = turn + between;
            return turn - now;
        }
    }
}

/// <summary>More mails wait for their turn than go in the time of a lease.</summary>
internal sealed class NotThisMinuteException() : NotYetException("Too many mails are before this one.");
