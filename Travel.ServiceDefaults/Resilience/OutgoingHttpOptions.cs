using System.ComponentModel.DataAnnotations;

namespace Travel.ServiceDefaults.Resilience;

/// <summary>How calls to other services bear their failures. Section <c>OutgoingHttp</c>.</summary>
public sealed class OutgoingHttpOptions
{
    public const string Section = "OutgoingHttp";

    /// <summary>How often a call that may be repeated is sent again; 3 by default: with two replicas, one dead, one in 16 still fails.</summary>
    [Range(1, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>The wait before the first retry, doubled each time and spread at random. 100 ms by default: a person waits behind it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one attempt at a call that may be repeated may take. Five seconds by default, so that a hanging one leaves time for another.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call may take with all its attempts. Fifteen seconds by default, longer than a slow booking.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The share of attempts that must fail, of at least <see cref="BreakAfterAttempts"/> in ten seconds, before a service is left alone. 0.9 by default: one dead replica of two is no reason.</summary>
    [Range(0.1, 1.0)]
    public double BreakAtFailureRatio { get; set; } = 0.9;

    /// <summary>Attempts in ten seconds below which no share means anything; 20 by default.</summary>
    [Range(2, 10_000)]
    public int BreakAfterAttempts { get; set; } = 20;

    /// <summary>How long a service is left alone before one call tries it again. Two seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(2);
}
