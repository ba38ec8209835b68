namespace Aspire.RabbitMQ.Client;

public sealed class RabbitMQClientSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }
}
