using Travel.Contracts;
using Travel.Contracts.Bookings;

namespace Travel.Domain.Bookings;

/// <summary>Who asks.</summary>
public sealed record Caller(Guid Id, bool IsOperator = false);

/// <summary>What comes of moving a booking.</summary>
public abstract record BookingOutcome
{
    private BookingOutcome()
    {
    }

    /// <summary>Done, or it was so already.</summary>
    public sealed record Done(BookingResponse Booking) : BookingOutcome;

    /// <summary>Or none that the caller may know of.</summary>
    public sealed record NoSuchBooking : BookingOutcome;

    /// <summary>Another party may.</summary>
    public sealed record NotAllowed(string Sentence) : BookingOutcome;

    /// <summary>Not in the state it is in.</summary>
    public sealed record NotNow(ProblemType Type, string Sentence) : BookingOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : BookingOutcome;

    public sealed record DatesUnavailable : BookingOutcome;

    /// <summary>What was agreed to is not what would come back now.</summary>
    public sealed record RefundChanged(Money Due) : BookingOutcome;

    /// <summary>The price that was seen is not what the new stay costs.</summary>
    public sealed record PriceChanged(Money Total) : BookingOutcome;

    public sealed record InFlight : BookingOutcome;

    public sealed record KeyUsedForAnotherRequest : BookingOutcome;

    internal static BookingOutcome Wrong(string field, string error) =>
        new Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });

    internal static BookingOutcome? TooLong(string? reason) =>
        reason?.Length > TimelineEntry.LongestReason ? Wrong("reason", $"At most {TimelineEntry.LongestReason} characters.") : null;
}
