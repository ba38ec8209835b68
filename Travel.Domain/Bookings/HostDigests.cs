using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>Reads what hosts are to know in the morning: in four queries, for however many of them.</summary>
public static class HostDigests
{
    public const int DaysAhead = 30;

    /// <summary>As many nights or fewer are few: a weekend, and who asks for a week is turned away.</summary>
    public const int Few = 5;

    public static async Task<IReadOnlyList<HostDigest>> ReadAsync(
        TravelDbContext db, IReadOnlyList<HostMorning> mornings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hosts = mornings.Select(morning => morning.HostId).ToArray();
        var stays = await StaysAsync(db, hosts, now, cancellationToken);
        var requests = await RequestsAsync(db, hosts, now, cancellationToken);
        var few = await FewNightsAsync(db, hosts, now, cancellationToken);
        return
        [
            .. mornings.Select(morning => new HostDigest(
                morning,
                [.. stays[morning.HostId].Where(stay => stay.CheckInOn == stay.Today).Select(stay => stay.Arriving())],
                [.. stays[morning.HostId].Where(stay => stay.CheckOutOn == stay.Today).Select(stay => stay.Leaving())],
                [.. requests[morning.HostId]],
                [.. few[morning.HostId]])),
        ];
    }

    private static async Task<ILookup<Guid, Stay>> StaysAsync(TravelDbContext db, Guid[] hosts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Today is one of these days, wherever the listing is.
        var utc = DateOnly.FromDateTime(now.UtcDateTime);
        var (first, last) = (utc.AddDays(-1), utc.AddDays(1));
        var rows = await db.Bookings
            .Where(booking => hosts.Contains(booking.HostId) && booking.Status == BookingStatus.Confirmed
                && ((booking.CheckInOn >= first && booking.CheckInOn <= last) || (booking.CheckOutOn >= first && booking.CheckOutOn <= last)))
            .OrderBy(booking => booking.Listing!.Title).ThenBy(booking => booking.Id)
            .Select(booking => new
            {
                booking.HostId,
                Stay = new Stay(
                    booking.Reference, booking.Guest!.DisplayName, booking.Guests, booking.Listing!.Title, booking.TimeZone,
                    booking.CheckInOn, booking.CheckInTime, booking.CheckOutOn, booking.CheckOutTime, now),
            })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.HostId, row => row.Stay);
    }

    private static async Task<ILookup<Guid, DigestRequest>> RequestsAsync(TravelDbContext db, Guid[] hosts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Bookings
            .Where(booking => hosts.Contains(booking.HostId) && booking.Status == BookingStatus.Requested && booking.RequestExpiresAt > now)
            .OrderBy(booking => booking.RequestExpiresAt)
            .Select(booking => new
            {
                booking.HostId,
                Request = new DigestRequest(
                    booking.Reference, booking.Guest!.DisplayName, booking.Listing!.Title, booking.CheckInOn, booking.CheckOutOn, booking.RequestExpiresAt!.Value, booking.TimeZone),
            })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.HostId, row => row.Request);
    }

    private static async Task<ILookup<Guid, FewFreeNights>> FewNightsAsync(TravelDbContext db, Guid[] hosts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var published = db.Listings.Where(listing => hosts.Contains(listing.HostId) && listing.Status == ListingStatus.Published);
        var listings = await published.OrderBy(listing => listing.Title)
            .Select(listing => new { listing.Id, listing.HostId, listing.Title, listing.TimeZone }).ToListAsync(cancellationToken);
        var utc = DateOnly.FromDateTime(now.UtcDateTime);
        var anywhere = Occupancy.Nights(utc.AddDays(-1), utc.AddDays(DaysAhead + 1));
        var taken = (await db.Occupancies
                .Where(nights => nights.Active && nights.Stay.Overlaps(anywhere) && published.Select(listing => listing.Id).Contains(nights.ListingId))
                .Select(nights => new { nights.ListingId, nights.Stay })
                .ToListAsync(cancellationToken))
            .ToLookup(nights => nights.ListingId, nights => nights.Stay.ToNights());
        return listings
            .Select(listing => (listing.HostId, Nights: new FewFreeNights(listing.Title, FreeOf(taken[listing.Id], LocalTime.DayAt(now, listing.TimeZone)))))
            .Where(listing => listing.Nights.Free <= Few)
            .ToLookup(listing => listing.HostId, listing => listing.Nights);
    }

    private static int FreeOf(IEnumerable<NightRange> taken, DateOnly today) =>
        new[] { new NightRange(today, today.AddDays(DaysAhead)) }.Without(taken).Sum(free => free.To.DayNumber - free.From.DayNumber);

    private sealed record Stay(
        string Reference, string GuestName, int Guests, string Title, string TimeZone,
        DateOnly CheckInOn, TimeOnly CheckInTime, DateOnly CheckOutOn, TimeOnly CheckOutTime, DateTimeOffset Now)
    {
        public DateOnly Today => LocalTime.DayAt(Now, TimeZone);

        public DigestStay Arriving() => new(Reference, GuestName, Guests, Title, CheckInTime, TimeZone);

        public DigestStay Leaving() => new(Reference, GuestName, Guests, Title, CheckOutTime, TimeZone);
    }
}
