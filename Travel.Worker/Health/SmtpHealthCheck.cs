using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Travel.Worker.Mail;

namespace Travel.Worker.Health;

/// <summary>Whether anybody listens where mail is to go.</summary>
internal sealed class SmtpHealthCheck(IOptions<MailOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(options.Value.Server!.Host, options.Value.Server.Port, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SocketException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The SMTP server does not answer.", exception);
        }
    }
}
