using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Listings;

namespace Travel.Domain.Accounts;

public enum EraseAccountOutcome
{
    Erased,

    /// <summary>The person has stays to come.</summary>
    HasStaysToCome,

    /// <summary>Others have stays to come at the person's listings.</summary>
    ExpectsGuests,

    /// <summary>There is no such account, or not any more.</summary>
    NoSuchAccount,
}

/// <summary>
/// Forgets who somebody was. What they booked and wrote stays, under an account that says nothing: hosts keep their books, listings their
/// reviews, and guests what they read and saw of the place where they stayed.
/// </summary>
public sealed class EraseAccount(TravelDbContext db, TimeProvider clock)
{
    private static readonly BookingStatus[] Binding = [BookingStatus.Requested, BookingStatus.Held, BookingStatus.Confirmed];

    public Task<EraseAccountOutcome> ExecuteAsync(Guid userId, CancellationToken cancellationToken) =>
        db.InTransactionAsync(token => EraseAsync(userId, token), cancellationToken);

    private async Task<EraseAccountOutcome> EraseAsync(Guid userId, CancellationToken cancellationToken)
    {
        // In the order of a booking, which locks the listing, then refers to its guest. Nobody books anything of or as this person now.
        await db.LockListingsOfAsync(userId, cancellationToken);
        var users = await db.Users.FromSql($"SELECT * FROM users WHERE id = {userId} FOR UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        if (users is not [{ ErasedAt: null }])
        {
            return EraseAccountOutcome.NoSuchAccount;
        }

        var now = clock.GetUtcNow();
        // A day that is over everywhere on Earth.
        var today = DateOnly.FromDateTime(now.UtcDateTime.AddHours(-12));
        var toCome = db.Bookings.Where(booking => Binding.Contains(booking.Status) && booking.CheckOutOn >= today);
        if (await toCome.AnyAsync(booking => booking.GuestId == userId, cancellationToken))
        {
            return EraseAccountOutcome.HasStaysToCome;
        }

        if (await toCome.AnyAsync(booking => booking.HostId == userId, cancellationToken))
        {
            return EraseAccountOutcome.ExpectsGuests;
        }

        await ForgetAsync(userId, now, cancellationToken);
        return EraseAccountOutcome.Erased;
    }

    private async Task ForgetAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Listings.Where(listing => listing.HostId == userId && listing.Status != ListingStatus.Archived).ExecuteUpdateAsync(
            listing => listing.SetProperty(row => row.Status, ListingStatus.Archived).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        await ForgetHostingAsync(db.Listings.Where(listing => listing.HostId == userId).Select(listing => listing.Id), cancellationToken);
        await db.Bookings.Where(booking => booking.GuestId == userId && booking.Note != null).ExecuteUpdateAsync(
            booking => booking.SetProperty(row => row.Note, (string?)null), cancellationToken);
        // What a mail server says when it refuses a mail often says to whom.
        await db.Mails.Where(mail => mail.RecipientId == userId && mail.LastError != null).ExecuteUpdateAsync(
            mail => mail.SetProperty(row => row.LastError, (string?)null), cancellationToken);
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

    /// <summary>What only the host has seen: why nights were closed, and calendars elsewhere, which often say who somebody is there.</summary>
    private async Task ForgetHostingAsync(IQueryable<Guid> listings, CancellationToken cancellationToken)
    {
        await db.HostBlocks.Where(block => listings.Contains(block.ListingId) && block.Note != null).ExecuteUpdateAsync(
            block => block.SetProperty(row => row.Note, (string?)null), cancellationToken);
        await db.Occupancies.Where(nights => db.CalendarImports.Any(import => import.Id == nights.OwnerId && listings.Contains(import.ListingId)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.CalendarImports.Where(import => listings.Contains(import.ListingId)).ExecuteDeleteAsync(cancellationToken);
        await db.CalendarTokens.Where(token => listings.Contains(token.ListingId)).ExecuteDeleteAsync(cancellationToken);
    }
}
