using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Bookings;

/// <summary>How long nights and answers are waited for. Section <c>Bookings</c>.</summary>
public sealed class BookingOptions
{
    public const string Section = "Bookings";

    /// <summary>
    /// How long an instant booking keeps its nights while its guest pays. Fifteen minutes by default: long enough for a slow bank,
    /// short enough for the next guest.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an accepted request keeps its nights. A day by default: the guest does not sit and wait for the host.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan HoldAcceptedFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a host may take to answer a request. A day by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a dearer change keeps its new nights while its guest pays. Fifteen minutes by default, as for a booking.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan HoldChangeFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whom calendar files name as organizer, by mail address. Calendars take a later file for the same stay only from the same one, so
    /// Api and Worker must have the same.
    /// </summary>
    [Required, EmailAddress]
    public string CalendarOrganizer { get; set; } = "stays@travel.test";
}
