using System.Collections.Concurrent;
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
    /// <exception cref="AggregateException">Of some not even that could be written down; all others are done.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        ConcurrentQueue<Exception> failures = [];
        var tried = (await Task.WhenAll(Enumerable.Range(0, options.Value.AtATime).Select(_ => DrainAsync(failures, cancellationToken)))).Sum();
        return failures.IsEmpty ? tried : throw new AggregateException($"{failures.Count} of {tried} calendars failed on our side.", failures);
    }

    private async Task<int> DrainAsync(ConcurrentQueue<Exception> failures, CancellationToken cancellationToken)
    {
        for (var tried = 0; ; tried++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var refresh = scope.ServiceProvider.GetRequiredService<RefreshImport>();
            if (await refresh.ClaimDueAsync(cancellationToken) is not { } import)
            {
                return tried;
            }

            try
            {
                await refresh.RefreshAsync(import, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Its claim lapses and it is tried again; until then the others have their turn.
                Log.Broken(logger, exception, import.Id);
                failures.Enqueue(exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What became of import {ImportId} could not be written down")]
        public static partial void Broken(ILogger logger, Exception exception, Guid importId);
    }
}
