using System.ComponentModel.DataAnnotations;

namespace Travel.Api.Limits;

/// <summary>How much one may ask of the Api. Section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Reads a minute from one address, counted by each replica; 600 by default, more than anybody clicks.</summary>
    [Range(1, 100_000_000)]
    public int ReadsPerMinute { get; set; } = 600;

    /// <summary>Writes a minute of one user, or of one address where nobody is signed in, counted by all replicas together; 60 by default.</summary>
    [Range(1, 100_000_000)]
    public int WritesPerMinute { get; set; } = 60;

    /// <summary>The largest body of a request; 256 KiB by default, several times the longest text. An endpoint that takes files says so itself.</summary>
    [Range(1024, 1_073_741_824)]
    public int LargestBodyBytes { get; set; } = 256 * 1024;
}
