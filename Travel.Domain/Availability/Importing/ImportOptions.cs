using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Availability.Importing;

/// <summary>How calendars of other sites are fetched. Section <c>Imports</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>How long a fetched calendar is believed. One hour by default: other sites look at ours about as often. After failures it is twice as long each time, up to a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How soon after a try a host may ask for another. One minute by default, so that nobody uses us to press on somebody's server.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RefreshNowEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long fetching one calendar may take in all, name resolution and redirects included. Ten seconds by default: a host waits behind it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a calendar may have; 1,048,576 by default, some thousands of events.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MostBytes { get; set; } = 1024 * 1024;

    /// <summary>How many are fetched at a time by one process; 4 by default.</summary>
    [Range(1, 32)]
    public int AtATime { get; set; } = 4;

    /// <summary>
    /// Names of hosts that may be fetched from wherever they are, on any port and without TLS. None by default, and refused outside
    /// development: it is for trying imports against a server of one's own.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    internal bool Allows(Uri url) => AllowedHosts.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase);
}
