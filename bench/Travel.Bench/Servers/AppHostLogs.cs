using Microsoft.Extensions.Logging;

namespace Travel.Bench.Servers;

internal static class AppHostLogs
{
    // What a process writes is logged under the AppHost's name and its own.
    private const string Resources = "Travel.AppHost.Resources";

    /// <summary>
    /// The AppHost's own warnings, and what these of its processes write. That the others start, and that they are not there while they do, or
    /// once they have been killed, belongs to a bench.
    /// </summary>
    public static void TellOf(this ILoggingBuilder logging, params IEnumerable<string> resources)
    {
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter(Resources, LogLevel.None).AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        foreach (var resource in resources)
        {
            logging.AddFilter($"{Resources}.{resource}", LogLevel.Error);
        }
    }
}
