using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;

namespace Travel.Tests.Payments.Orders;

/// <summary>How a life of a payment ends, in words that can be compared; each is a sorted list.</summary>
/// <param name="Payments">The states of the attempts.</param>
/// <param name="Money">What each account holds at the end.</param>
/// <param name="Refunds">Why, how much and how far.</param>
/// <param name="Messages">What others are told, each as often as it is told.</param>
/// <param name="History">The lines of the booking.</param>
internal sealed record PaymentEnd(
    BookingStatus Booking, PaymentStatus Shown, string Payments, string Money, string Refunds, string Messages, string History)
{
    /// <summary>The same, whether or not its guest was told meanwhile that nobody knew what became of it.</summary>
    public PaymentEnd WithoutDoubt() => this with { Messages = Listed(Messages.Split(", ").Where(message => message != PaymentUnknown.RoutingKey)) };

    public static string Listed(IEnumerable<string> items) => string.Join(", ", items.Order(StringComparer.Ordinal));
}
