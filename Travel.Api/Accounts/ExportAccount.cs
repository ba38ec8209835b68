using Microsoft.EntityFrameworkCore;
using Travel.Api.Listings.Hosting;
using Travel.Api.Listings.Photos;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Api.Accounts;

/// <summary>Everything that is held on a person. Whoever adds a table that says whose a row is adds it here; a test sees to it.</summary>
internal sealed class ExportAccount(TravelDbContext db, TimeProvider clock)
{
    public async Task<AccountExport> ExecuteAsync(Guid userId, CancellationToken cancellationToken) => new(
        clock.GetUtcNow(),
        await ProfileAsync(userId, cancellationToken),
        await db.Sessions.Where(session => session.UserId == userId).OrderBy(session => session.Id)
            .Select(session => new ExportedSession(
                session.Id, session.UserAgent, session.CreatedAt, session.LastUsedAt, session.EndedAt, session.EndReason == null ? null : session.EndReason.ToString(),
                db.RefreshTokens.Count(token => token.FamilyId == session.Id && token.UsedAt != null)))
            .ToListAsync(cancellationToken),
        await db.AccountTokens.Where(token => token.UserId == userId).OrderBy(token => token.Id)
            .Select(token => new ExportedLink(token.Purpose.ToString(), token.CreatedAt, token.ExpiresAt, token.UsedAt))
            .ToListAsync(cancellationToken),
        await BookingsAsync(userId, cancellationToken),
        await ExportedPayments.OfAsync(db, userId, cancellationToken),
        await db.Timeline.Where(entry => entry.ActorId == userId)
            .Join(db.Bookings.Where(booking => booking.GuestId != userId), entry => entry.BookingId, booking => booking.Id, (entry, booking) => new { entry, booking })
            .OrderBy(row => row.entry.Id)
            .Select(row => new ExportedAction(row.entry.At, row.entry.Event, row.booking.Reference, row.entry.Reason))
            .ToListAsync(cancellationToken),
        await db.Reviews.Where(review => review.GuestId == userId).OrderBy(review => review.Id)
            .Join(db.Listings, review => review.ListingId, listing => listing.Id, (review, listing) => new ExportedReview(
                review.Id, listing.Title, review.Rating, review.Text, review.Reply, review.RepliedAt, review.CreatedAt, review.EditedAt))
            .ToListAsync(cancellationToken),
        await db.Reviews.Where(review => review.Reply != null).OrderBy(review => review.Id)
            .Join(db.Listings.Where(listing => listing.HostId == userId), review => review.ListingId, listing => listing.Id, (review, listing) => new ExportedReply(
                review.Id, listing.Title, review.Reply!, review.RepliedAt))
            .ToListAsync(cancellationToken),
        await db.Mails.Where(mail => mail.RecipientId == userId).OrderBy(mail => mail.Id)
            .Select(mail => new ExportedMail(mail.Kind, mail.Status.ToString(), mail.CreatedAt, mail.SentAt, mail.LastError))
            .ToListAsync(cancellationToken),
        await db.SuppressedAddresses.Where(suppressed => db.Users.Any(user => user.Id == userId && user.NormalizedEmail == suppressed.Address))
            .OrderBy(suppressed => suppressed.Id)
            .Select(suppressed => new ExportedSuppression(suppressed.Reason.ToString(), suppressed.Since, suppressed.Note))
            .ToListAsync(cancellationToken),
        await ListingsAsync(userId, cancellationToken),
        await db.Audit.Where(entry => entry.ActorId == userId).OrderBy(entry => entry.Id)
            .Select(entry => new ExportedOperation(entry.At, entry.Action, entry.Subject))
            .ToListAsync(cancellationToken));

    private async Task<ExportedProfile> ProfileAsync(Guid userId, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == userId, cancellationToken);
        return new ExportedProfile(
            user.Id, user.Email!, user.EmailConfirmed, user.DisplayName, user.PhoneNumber, user.Role.ToContract(), user.CreatedAt,
            user.AccessFailedCount, user.LockoutEnd);
    }

    private async Task<IReadOnlyList<ExportedBooking>> BookingsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var bookings = await db.Bookings.AsNoTracking().Include(booking => booking.Listing)
            .Where(booking => booking.GuestId == userId)
            .OrderBy(booking => booking.Id)
            .ToListAsync(cancellationToken);
        var timeline = (await db.Timeline.AsNoTracking()
            .Where(entry => db.Bookings.Any(booking => booking.Id == entry.BookingId && booking.GuestId == userId))
            .OrderBy(entry => entry.Id)
            .ToListAsync(cancellationToken)).ToLookup(entry => entry.BookingId);
        var changes = (await db.BookingChanges.AsNoTracking()
            .Where(change => change.Booking!.GuestId == userId)
            .OrderBy(change => change.Id)
            .ToListAsync(cancellationToken)).ToLookup(change => change.BookingId);
        return bookings.ConvertAll(booking => new ExportedBooking(
            booking.Id, booking.Reference, booking.Listing!.Title, booking.Status, booking.CheckInOn, booking.CheckOutOn, booking.Guests, booking.Note,
            booking.Quote, booking.PaymentMode, booking.CreatedAt,
            [.. timeline[booking.Id].Select(entry => new ExportedTimelineEntry(entry.At, entry.Event, entry.ActorId == userId, entry.Reason))],
            [.. changes[booking.Id].Select(change => new ExportedChange(
                change.CheckInOn, change.CheckOutOn, change.Guests, change.Quote, change.Status.ToString(), change.CreatedAt, change.ExpiresAt, change.SettledAt))]));
    }

    private async Task<IReadOnlyList<ExportedListing>> ListingsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var listings = await db.Listings.AsNoTracking().Include(listing => listing.Photos).WithRates().AsSplitQuery()
            .Where(listing => listing.HostId == userId)
            .OrderBy(listing => listing.Id)
            .ToListAsync(cancellationToken);
        var ids = listings.ConvertAll(listing => listing.Id);
        var blocks = (await db.HostBlocks.AsNoTracking().Where(block => ids.Contains(block.ListingId)).OrderBy(block => block.Id).ToListAsync(cancellationToken))
            .ToLookup(block => block.ListingId);
        var imports = (await db.CalendarImports.AsNoTracking().Where(import => ids.Contains(import.ListingId)).OrderBy(import => import.Id).ToListAsync(cancellationToken))
            .ToLookup(import => import.ListingId);
        var links = await db.CalendarTokens.AsNoTracking().Where(token => ids.Contains(token.ListingId)).ToDictionaryAsync(token => token.ListingId, cancellationToken);
        return listings.ConvertAll(listing => new ExportedListing(
            listing.Id, listing.Slug, listing.Status, listing.Said(), listing.PhotosInOrder(), listing.ToRates(),
            [.. blocks[listing.Id].Select(block => block.ToResponse())],
            [.. imports[listing.Id].Select(import => new ExportedCalendar(import.Name, import.Url, import.CreatedAt))],
            links.GetValueOrDefault(listing.Id)?.IssuedAt,
            listing.CreatedAt,
            listing.Suspension()));
    }
}
