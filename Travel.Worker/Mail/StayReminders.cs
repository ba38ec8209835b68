using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Reviews;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Worker.Mail;

/// <summary>Reminds the guest of a stay that is near; not of one that has begun, or begins on another day by now.</summary>
internal sealed class CheckInReminder(BookingLetters letters, TravelDbContext db, TimeProvider clock) : IMail<CheckInReminderDue>
{
    public static string Kind => "check-in-reminder";

    public async Task<MailDraft?> DraftAsync(CheckInReminderDue message, CancellationToken cancellationToken) => await IsToComeAsync(message, cancellationToken)
        ? await letters.ToGuestAsync(
            message.BookingId,
            (booking, stay) => Says(stay, booking.PaymentMode == PaymentMode.OnArrival ? letters.PayOnArrival(stay) : null),
            cancellationToken,
            BookingStatus.Confirmed)
        : null;

    internal static Saying Says(BookedStay stay, string? payment) => new("CheckInReminder", stay.Moment(stay.CheckIn)) { Closing = [payment] };

    private async Task<bool> IsToComeAsync(CheckInReminderDue message, CancellationToken cancellationToken)
    {
        var stay = await db.Bookings.Where(booking => booking.Id == message.BookingId)
            .Select(booking => new { booking.CheckInOn, booking.CheckInTime, booking.TimeZone }).SingleAsync(cancellationToken);
        return stay.CheckInOn == message.CheckInOn && clock.GetUtcNow() < LocalTime.At(stay.CheckInOn, stay.CheckInTime, stay.TimeZone);
    }
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
