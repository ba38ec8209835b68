using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Reviews;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Worker.Mail;

/// <summary>Reminds the guest of a stay that is near; not of one that has begun, or begins on another day by now.</summary>
internal sealed class CheckInReminder(BookingLetters letters, TimeProvider clock) : IMail<CheckInReminderDue>
{
    public static string Kind => "check-in-reminder";

    public Task<MailDraft?> DraftAsync(CheckInReminderDue message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (booking, stay) => booking.CheckInOn == message.CheckInOn && clock.GetUtcNow() < booking.CheckInAt
            ? Says(stay, booking.PaymentMode == PaymentMode.OnArrival ? letters.PayOnArrival(stay) : null)
            : null,
        cancellationToken,
        BookingStatus.Confirmed);

    internal static Saying Says(BookedStay stay, string? payment) => new("CheckInReminder", stay.Moment(stay.CheckIn)) { Closing = [payment] };
}

/// <summary>Invites the guest to say how it was; unless they have by now.</summary>
internal sealed class ReviewInvitation(BookingLetters letters, TravelDbContext db) : IMail<ReviewInvitationDue>
{
    public static string Kind => "review-invitation";

    public static bool IsSubscription => true;

    public async Task<MailDraft?> DraftAsync(ReviewInvitationDue message, CancellationToken cancellationToken) =>
        await db.Reviews.AnyAsync(review => review.BookingId == message.BookingId, cancellationToken)
            ? null
            : await letters.ToGuestAsync(message.BookingId, (_, _) => Says(), cancellationToken, BookingStatus.Completed);

    internal static Saying Says() => new("ReviewInvitation") { ToDo = ("WriteReview", "#review") };
}
