using Microsoft.Extensions.Logging;
using Travel.Domain.Availability;

namespace Travel.Domain.Bookings;

/// <summary>
/// Does what time has made due, listing by listing, each in a short turn of its own. Several replicas may do so at once: whoever comes
/// second finds nothing left.
/// </summary>
public sealed partial class ListingSweep(ListingTurn turn, ILogger<ListingSweep> logger)
{
    /// <param name="work">Gets the listing and the instant of its turn, in which it runs; returns how many bookings it moved.</param>
    /// <returns>How many bookings were moved.</returns>
    /// <exception cref="AggregateException">Some listings failed; all others are done.</exception>
    internal async Task<int> RunAsync(IEnumerable<Guid> listings, Func<Guid, DateTimeOffset, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        var moved = 0;
        List<Exception> failures = [];
        foreach (var listing in listings)
        {
            try
            {
                moved += await turn.TakeAsync(listing, (now, token) => work(listing, now, token), cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // One listing that fails each time must not keep the others waiting for ever.
                Log.Failed(logger, exception, listing);
                failures.Add(exception);
            }
        }

        return failures.Count == 0 ? moved : throw new AggregateException($"{failures.Count} listings failed; {moved} bookings were moved.", failures);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What is due at listing {ListingId} could not be done")]
        public static partial void Failed(ILogger logger, Exception exception, Guid listingId);
    }
}
