using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Tests.Fixtures;

/// <summary>A listing with its host and somebody who would like to stay there, and nobody else knows of any of them.</summary>
internal sealed record Place(Listing Listing, User Host, User Guest)
{
    public Guid Id => Listing.Id;
}

internal static class Places
{
    // Lists show the newest first, and other tests take theirs from there.
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<Place> AddPlaceAsync(
        this TravelDbContext db,
        PaymentMode payment = PaymentMode.OnArrival,
        BookingMode booking = BookingMode.Instant,
        string timeZone = "Africa/Addis_Ababa")
    {
        var host = Persons.New(Role.Host);
        var guest = Persons.New(Role.Guest);
        var id = Guid.CreateVersion7(LongAgo);
        var listing = SampleListing.With($"Place {id:N}", timeZone, hostId: host.Id, slug: $"place-{id:N}", payment: payment, booking: booking, id: id);
        db.Users.AddRange(host, guest);
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return new Place(listing, host, guest);
    }
}
