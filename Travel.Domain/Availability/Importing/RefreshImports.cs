using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// Refreshes every imported calendar that is due. Several processes may do so at once: each claims what it fetches. To be run every
/// minute or so; how often one calendar is fetched is <see cref="ImportOptions.RefreshEvery"/>.
/// </summary>
public sealed partial class RefreshImports(IServiceScopeFactory scopes, IOptions<ImportOptions> options, ILogger<RefreshImports> logger)
{
    /// <returns>How many were tried.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var tried = await Task.WhenAll(Enumerable.Range(0, options.Value.AtATime).Select(_ => DrainAsync(cancellationToken)));
        return tried.Sum();
    }

    private async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        for (var tried = 0; ; tried++)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                if (!await scope.ServiceProvider.GetRequiredService<RefreshImport>().NextDueAsync(cancellationToken))
                {
                    return tried;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Its claim lapses and it is tried again; the next run goes on with the others.
                Log.Broken(logger, exception);
                return tried;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Refreshing an imported calendar failed on our side")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
