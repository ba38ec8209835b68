namespace Travel.Worker.Messaging;

/// <summary>Counts the work under way, so that a stop can wait for its end.</summary>
internal sealed class InHand : IDisposable
{
    private readonly SemaphoreSlim idle = new(1, 1);
    private readonly Lock gate = new();
    private int running;

    public async Task RunAsync(Func<Task> work)
    {
        lock (gate)
        {
            if (running++ == 0)
            {
                idle.Wait();
            }
        }

        try
        {
            await work();
        }
        finally
        {
            lock (gate)
            {
                if (--running == 0)
                {
                    idle.Release();
                }
            }
        }
    }

    public async Task NothingLeftAsync()
    {
        await idle.WaitAsync();
        idle.Release();
    }

    public void Dispose() => idle.Dispose();
}
