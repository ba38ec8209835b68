using System.Net.Http.Headers;
using Travel.Contracts;
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
        var host = Person(Role.Host);
        var guest = Person(Role.Guest);
        var id = Guid.CreateVersion7(LongAgo);
        var listing = new Listing
        {
            Id = id,
            HostId = host.Id,
            Slug = $"place-{id:N}",
            Title = $"Place {id:N}",
            Description = "A place of its own.",
            Type = ListingType.House,
            Status = ListingStatus.Published,
            City = "Bahir Dar",
            Country = "Ethiopia",
            Latitude = 11.594167,
            Longitude = 37.3875,
            TimeZone = timeZone,
            CheckInTime = new TimeOnly(14, 0),
            CheckOutTime = new TimeOnly(11, 0),
            MaxGuests = 4,
            Bedrooms = 2,
            MinNights = 1,
            MaxNights = 30,
            PricePerNightMinorUnits = SampleMoney.Price.MinorUnits,
            Currency = SampleMoney.Price.Currency,
            CancellationPolicy = CancellationPolicy.Moderate,
            PaymentMode = payment,
            BookingMode = booking,
            Amenities = [],
            CreatedAt = LongAgo,
            Version = 1,
        };
        db.Users.AddRange(host, guest);
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return new Place(listing, host, guest);
    }

    /// <summary>A client of the Api, signed in as this person.</summary>
    public static async Task<HttpClient> ClientOfAsync(this TravelGraph graph, User person)
    {
        var client = graph.Visitor();
        var session = await client.SignInAsync(new(person.Email!, Password)).SessionAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        return client;
    }

    public const string Password = "a-password-for-tests";
    private static readonly string PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<User>().HashPassword(null!, Password);

    public static User Person(Role role)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        return new User
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            PasswordHash = PasswordHash,
            DisplayName = role.ToString(),
            Role = role,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
    }
}
