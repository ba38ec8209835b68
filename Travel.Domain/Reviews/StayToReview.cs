using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Reviews;

namespace Travel.Domain.Reviews;

/// <summary>Who looks at a stay's review. An operator sees every stay and speaks for nobody.</summary>
public sealed record Reader(Guid Id, bool IsOperator);

/// <summary>A stay with its review, if there is one, and what each may still do about it.</summary>
internal sealed record StayToReview(Guid BookingId, Guid GuestId, Guid HostId, Guid ListingId, BookingStatus Status, Review? Review, string GuestName)
{
    public bool IsSeenBy(Reader reader) => reader.IsOperator || reader.Id == GuestId || reader.Id == HostId;

    public bool IsOver => Status == BookingStatus.Completed;

    /// <summary>The row is tracked: whoever changes it saves it.</summary>
    public static Task<StayToReview?> FindAsync(TravelDbContext db, Guid bookingId, CancellationToken cancellationToken) => (
        from booking in db.Bookings
        where booking.Id == bookingId
        join written in db.Reviews on booking.Id equals written.BookingId into reviews
        from review in reviews.DefaultIfEmpty()
        select new StayToReview(
            booking.Id, booking.GuestId, booking.HostId, booking.ListingId, booking.Status, review, booking.Guest!.DisplayName))
        .SingleOrDefaultAsync(cancellationToken)!;

    public BookingReviewResponse ToResponse(Reader reader, TimeSpan editableFor, DateTimeOffset now) => new(
        Review is null
            ? null
            : new ReviewResponse(Review.Id, Review.Rating, Review.Text, GuestName, Review.CreatedAt, Review.Reply, Review.RepliedAt, Review.EditedAt),
        Review?.CreatedAt + editableFor,
        MayWrite: reader.Id == GuestId && IsOver && Review is null,
        MayEdit: reader.Id == GuestId && Review is not null && now <= Review.CreatedAt + editableFor,
        MayReply: reader.Id == HostId && Review is { Reply: null },
        MayEditReply: reader.Id == HostId && Review is { Reply: not null });
}
