using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Caching;
using Travel.Domain.Listings;
using Travel.Domain.Mail;
using Travel.Domain.Payments;
using Travel.Domain.Reviews;

namespace Travel.Domain.Accounts;

public enum EraseAccountOutcome
{
    Erased,

    /// <summary>The person has stays to come.</summary>
    HasStaysToCome,

    /// <summary>Others have stays to come at the person's listings.</summary>
    ExpectsGuests,

    /// <summary>The person has paid something, or is to get something back, and how that ends is open.</summary>
    HasMoneyUnderWay,

    /// <summary>Without the person there would be no operator.</summary>
    IsLastOperator,

    /// <summary>There is no such account, or not any more.</summary>
    NoSuchAccount,
}

/// <summary>
/// Forgets who somebody was. What they booked and reviewed stays, under an account that says nothing: hosts keep their books, listings their
/// reviews, and guests the name and town of the place where they stayed. Payments, refunds and the ledger stay as bookkeeping has to have them,
/// and say nothing but ids; who paid goes out of what the gateway told us. A host's home is personal data too: of places that somebody booked
/// only that is left, of others nothing. The photos' files, which nobody can ask for without their rows, are pruned.
/// </summary>
public sealed class EraseAccount(TravelDbContext db, TimeProvider clock)
{
    private static readonly string[] StaysBefore = ["changed", "left-early"];
    private static readonly BookingStatus[] Binding = [BookingStatus.Requested, BookingStatus.Held, BookingStatus.Confirmed];

    public Task<EraseAccountOutcome> ExecuteAsync(Guid userId, CancellationToken cancellationToken) =>
        db.InTransactionAsync(token => EraseAsync(userId, token), cancellationToken);

    private async Task<EraseAccountOutcome> EraseAsync(Guid userId, CancellationToken cancellationToken)
    {
        // In the order of a booking, which locks the listing, then refers to its guest. Nobody books anything of or as this person now.
        await db.LockListingsOfAsync(userId, cancellationToken);
        var users = await db.Users.FromSql($"SELECT * FROM users WHERE id = {userId} FOR UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        if (users is not [{ ErasedAt: null } user])
        {
            return EraseAccountOutcome.NoSuchAccount;
        }

        if (user.Role == Role.Operator && await IsLastOperatorAsync(userId, cancellationToken))
        {
            return EraseAccountOutcome.IsLastOperator;
        }

        var now = clock.GetUtcNow();
        // A day that is over everywhere on Earth.
        var today = TodayAnywhere.Earliest(now);
        var toCome = db.Bookings.Where(booking => Binding.Contains(booking.Status) && booking.CheckOutOn >= today);
        if (await toCome.AnyAsync(booking => booking.GuestId == userId, cancellationToken))
        {
            return EraseAccountOutcome.HasStaysToCome;
        }

        if (await toCome.AnyAsync(booking => booking.HostId == userId, cancellationToken))
        {
            return EraseAccountOutcome.ExpectsGuests;
        }

        if (await db.HasMoneyUnderWayAsync(userId, cancellationToken))
        {
            return EraseAccountOutcome.HasMoneyUnderWay;
        }

        await ForgetAsync(userId, now, cancellationToken);
        return EraseAccountOutcome.Erased;
    }

    /// <summary>Operators leave one after another: two at once would each find the other there. Nothing else takes the role from anybody.</summary>
    private async Task<bool> IsLastOperatorAsync(Guid userId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('operators', 0))", cancellationToken);
        return !await db.Users.AnyAsync(
            other => other.Role == Role.Operator && other.Id != userId && other.EmailConfirmed && other.ErasedAt == null, cancellationToken);
    }

    private async Task ForgetAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reviewed = await db.ReviewedByAsync(userId, cancellationToken);
        db.Touches(now, reviewed.Select(CacheTags.ReviewsOf));
        await ForgetHostingAsync(userId, now, cancellationToken);
        // Not what Travel itself noted there: the stay as it was before a change.
        await db.Timeline.Where(entry => entry.ActorId == userId && entry.Reason != null && !StaysBefore.Contains(entry.Event)).ExecuteUpdateAsync(
            entry => entry.SetProperty(row => row.Reason, (string?)null), cancellationToken);
        await db.Bookings.Where(booking => booking.GuestId == userId && booking.Note != null).ExecuteUpdateAsync(
            booking => booking.SetProperty(row => row.Note, (string?)null), cancellationToken);
        // What a mail server says when it refuses a mail often says to whom.
        await db.Mails.Where(mail => mail.RecipientId == userId && mail.LastError != null).ExecuteUpdateAsync(
            mail => mail.SetProperty(row => row.LastError, (string?)null), cancellationToken);
        await db.SuppressedAddresses.ForgetOfAsync(db.Users.Where(user => user.Id == userId), cancellationToken);
        await db.ForgetPayerAsync(userId, cancellationToken);
        // Answers to requests repeat what was asked for.
        await db.IdempotencyKeys.Where(key => key.CallerId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.AccountTokens.Where(token => token.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.EndSessionsAsync(session => session.UserId == userId, SessionEnd.AccountErased, now, cancellationToken);
        await db.Sessions.Where(session => session.UserId == userId).ExecuteUpdateAsync(
            session => session.SetProperty(row => row.UserAgent, (string?)null), cancellationToken);
        await db.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(
            user => user
                .SetProperty(row => row.UserName, (string?)null)
                .SetProperty(row => row.NormalizedUserName, (string?)null)
                .SetProperty(row => row.Email, (string?)null)
                .SetProperty(row => row.NormalizedEmail, (string?)null)
                .SetProperty(row => row.EmailConfirmed, false)
                .SetProperty(row => row.PhoneNumber, (string?)null)
                .SetProperty(row => row.PhoneNumberConfirmed, false)
                .SetProperty(row => row.PasswordHash, (string?)null)
                .SetProperty(row => row.SecurityStamp, Guid.NewGuid().ToString("N"))
                .SetProperty(row => row.AccessFailedCount, 0)
                .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null)
                .SetProperty(row => row.DisplayName, User.ErasedName)
                .SetProperty(row => row.ErasedAt, now),
            cancellationToken);
    }

    /// <summary>Rows that refer to listings before the listings themselves.</summary>
    private async Task ForgetHostingAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var theirs = db.Listings.Where(listing => listing.HostId == userId);
        var booked = theirs.Where(listing => db.Bookings.Any(booking => booking.ListingId == listing.Id)).Select(listing => listing.Id);
        var listings = theirs.Select(listing => listing.Id);
        if (await listings.ToListAsync(cancellationToken) is { Count: > 0 } all)
        {
            db.Touches(
                now,
                [
                    .. all.Select(CacheTags.Listing), .. all.Select(CacheTags.NightsOf), .. all.Select(CacheTags.ReviewsOf),
                    CacheTags.Listings, CacheTags.Nights, CacheTags.Slugs,
                ]);
        }

        await db.HostBlocks.Where(block => booked.Contains(block.ListingId) && block.Note != null).ExecuteUpdateAsync(
            block => block.SetProperty(row => row.Note, (string?)null), cancellationToken);
        await db.HostBlocks.Where(block => listings.Contains(block.ListingId) && !booked.Contains(block.ListingId)).ExecuteDeleteAsync(cancellationToken);
        await db.Occupancies
            .Where(nights => listings.Contains(nights.ListingId)
                && (!booked.Contains(nights.ListingId) || db.CalendarImports.Any(import => import.Id == nights.OwnerId)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.CalendarImports.Where(import => listings.Contains(import.ListingId)).ExecuteDeleteAsync(cancellationToken);
        await db.CalendarTokens.Where(token => listings.Contains(token.ListingId)).ExecuteDeleteAsync(cancellationToken);
        await db.Photos.Where(photo => listings.Contains(photo.ListingId)).ExecuteDeleteAsync(cancellationToken);
        await db.Seasons.Where(season => listings.Contains(season.ListingId)).ExecuteDeleteAsync(cancellationToken);
        await theirs.Where(listing => !booked.Contains(listing.Id)).ExecuteDeleteAsync(cancellationToken);
        // Two decimals of a degree: the town, not the house.
        await theirs.ExecuteUpdateAsync(
            listing => listing
                .SetProperty(row => row.Status, ListingStatus.Archived)
                .SetProperty(row => row.Version, row => row.Version + 1)
                .SetProperty(row => row.Description, "")
                .SetProperty(row => row.Latitude, row => (double)Math.Round((decimal)row.Latitude, 2))
                .SetProperty(row => row.Longitude, row => (double)Math.Round((decimal)row.Longitude, 2)),
            cancellationToken);
    }
}
