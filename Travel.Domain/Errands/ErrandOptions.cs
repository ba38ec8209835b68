using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Errands;

/// <summary>Work that operators have done behind the request. Section <c>Errands</c>.</summary>
public sealed class ErrandOptions
{
    public const string Section = "Errands";

    /// <summary>
    /// How long a worker that says nothing has an errand to itself; one minute by default. A worker that lives says something every second. After
    /// that it lets go, and another goes on with what a dead one had.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often an errand is taken up before it is given up; 4 by default, which takes little more than a minute of pauses. Never more often than the
    /// queue brings it.
    /// </summary>
    [Range(1, 6)]
    public int Attempts { get; set; } = 4;

    /// <summary>How long one that has ended is kept, with its file. Thirty days by default: whoever wanted the file has it by then.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);
}
