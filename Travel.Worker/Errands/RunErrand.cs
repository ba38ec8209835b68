using Travel.Contracts.Errands;

namespace Travel.Worker.Errands;

/// <summary>Runs an errand, from claiming it to what came of it.</summary>
internal sealed partial class RunErrand(ErrandClaims claims, IEnumerable<IErrandWork> works, TimeProvider clock, ILogger<RunErrand> logger)
{
    /// <exception cref="ErrandIsClaimedException">Another has it at this moment.</exception>
    public async Task ExecuteAsync(Guid errandId, CancellationToken cancellationToken)
    {
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lease.CancelAfter(claims.Lease);
        if (await claims.ClaimAsync(errandId, cancellationToken) is not { } errand)
        {
            return;
        }

        try
        {
            var run = new ErrandRun(errand, claims, lease, clock);
            var result = await works.Single(work => work.Kind == errand.Kind).ExecuteAsync(run, lease.Token);
            await run.EndAsync(result, lease.Token);
            Log.Done(logger, errandId, errand.Kind, errand.Attempts);
        }
        catch (ErrandLostException)
        {
            Log.Lost(logger, errandId);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await claims.GiveBackAsync(errand);
            throw;
        }
        catch (Exception exception)
        {
            var reason = lease.IsCancellationRequested ? new TimeoutException("One step took longer than the lease.", exception) : exception;
            if (!await claims.FailAsync(errand, reason))
            {
                throw;
            }

            Log.Failed(logger, exception, errandId, errand.Kind, errand.Attempts);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Errand {ErrandId}, {Kind}, is done at attempt {Attempt}")]
        public static partial void Done(ILogger logger, Guid errandId, ErrandKind kind, int attempt);

        [LoggerMessage(LogLevel.Information, "Errand {ErrandId} was cancelled, or another worker has it by now")]
        public static partial void Lost(ILogger logger, Guid errandId);

        [LoggerMessage(LogLevel.Error, "Errand {ErrandId}, {Kind}, has failed for good at attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Exception exception, Guid errandId, ErrandKind kind, int attempt);
    }
}
