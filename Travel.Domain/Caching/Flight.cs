namespace Travel.Domain.Caching;

/// <summary>One computation that several wait for. Nobody who goes away ends it for the others; when all have gone it is cancelled.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal sealed class Flight<T> : IDisposable
{
    private readonly TaskCompletionSource<T> landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource abandoned = new();
    private readonly Lock gate = new();
    private int waiting = 1;

    /// <returns>False when everybody has gone, and it is being cancelled.</returns>
    public bool TryJoin()
    {
        lock (gate)
        {
            if (waiting == 0)
            {
                return false;
            }

            waiting++;
            return true;
        }
    }

    public async Task RunAsync(Func<CancellationToken, Task<T>> computeAsync)
    {
        try
        {
            landed.SetResult(await computeAsync(abandoned.Token));
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            landed.SetCanceled(abandoned.Token);
        }
        catch (Exception exception)
        {
            landed.SetException(exception);
            // Whoever waits sees it; if they have all gone, nobody need.
            _ = landed.Task.Exception;
        }
    }

    /// <summary>For who has begun it, or joined.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await landed.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                if (--waiting == 0 && !landed.Task.IsCompleted)
                {
                    _ = abandoned.CancelAsync();
                }
            }
        }
    }

    /// <summary>Once it has run, or was never begun.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            abandoned.Dispose();
        }
    }
}
