using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Reviews;

/// <summary>What guests may do with their reviews. Section <c>Reviews</c>.</summary>
public sealed class ReviewOptions
{
    public const string Section = "Reviews";

    /// <summary>How long a review may be changed after it was written. Seven days by default: time to think again, not to bargain.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan EditableFor { get; set; } = TimeSpan.FromDays(7);
}
