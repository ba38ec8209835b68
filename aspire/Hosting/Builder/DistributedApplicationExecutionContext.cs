namespace Aspire.Hosting;

public class DistributedApplicationExecutionContext
{
    private IServiceProvider? services;

    public IServiceProvider Services
    {
        get => services ?? throw new InvalidOperationException("IServiceProvider is not available because the container has not yet been built.");
        internal set => services = value;
    }
}

public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
