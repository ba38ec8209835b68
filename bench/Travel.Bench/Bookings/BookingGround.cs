using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Bench.Bookings;

/// <summary>
/// Places, hosts and guests of a bench's own, and more stays than it needs, no two of which meet: all at once, paid on arrival, and so
/// confirmed by the request itself.
/// </summary>
internal sealed class BookingGround
{
    /// <summary>Enough of them that hardly ever two bookings wait for each other.</summary>
    public const int Wide = 500;

    /// <summary>Where all of its people have their mail, and nobody else.</summary>
    public const string MailDomain = "bench.example.org";

    private const int ListingsOfAHost = 10;
    private const int Nights = 2;
    private const int FirstDay = 10;
    private const int StaysOfEach = 300;

    // As long as it may be: a bench is over before, and nobody has to sign in.
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly DateOnly today;
    private readonly List<Guid> listings;
    private readonly List<string> tokens;
    private int handedOut;

    private BookingGround(DateOnly today, List<Guid> listings, List<string> tokens) => (this.today, this.listings, this.tokens) = (today, listings, tokens);

    public IReadOnlyList<Guid> ListingIds => listings;

    /// <param name="accessTokenKey">The one that the Api signs with.</param>
    /// <param name="width">How many places, and as many guests.</param>
    public static async Task<BookingGround> LayAsync(TravelDbContext db, string accessTokenKey, int width, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var hosts = People(Role.Host, 1 + (width / ListingsOfAHost), now);
        var guests = People(Role.Guest, width, now);
        var places = Enumerable.Range(0, width).Select(number => ListingOf(hosts[number % hosts.Count], number, now)).ToList();
        db.Users.AddRange(hosts);
        db.Users.AddRange(guests);
        db.Sessions.AddRange(guests.Select(guest => new Session { Id = guest.Id, UserId = guest.Id, CreatedAt = now, LastUsedAt = now }));
        db.Listings.AddRange(places);
        await db.SaveChangesAsync(cancellationToken);

        var issuer = new AccessTokens(Options.Create(new AccessTokenOptions { SigningKey = accessTokenKey, Lifetime = TokenLifetime }), TimeProvider.System);
        return new BookingGround(
            DateOnly.FromDateTime(now.UtcDateTime),
            places.ConvertAll(place => place.Id),
            guests.ConvertAll(guest => issuer.Issue(guest, sessionId: guest.Id).Token));
    }

    /// <summary>A stay that nobody has had yet, for the next guest and at the next place.</summary>
    public WantedStay Next()
    {
        var number = Interlocked.Increment(ref handedOut) - 1;
        if (number >= listings.Count * StaysOfEach)
        {
            throw new InvalidOperationException($"There are only {listings.Count * StaysOfEach} stays.");
        }

        var checkIn = today.AddDays(FirstDay + (Nights * (number / listings.Count)));
        return new WantedStay(
            new BookStayRequest(listings[number % listings.Count], checkIn, checkIn.AddDays(Nights), Guests: 1),
            tokens[number % tokens.Count],
            Guid.NewGuid().ToString());
    }

    private static List<User> People(Role role, int count, DateTimeOffset now) => [.. Enumerable.Range(0, count).Select(_ => Person(role, now))];

    private static User Person(Role role, DateTimeOffset now)
    {
        var email = $"{Guid.NewGuid():N}@{MailDomain}";
        return new User
        {
            Id = Guid.CreateVersion7(now),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            DisplayName = "Somebody",
            Role = role,
            CreatedAt = now,
        };
    }

    private static Listing ListingOf(User host, int number, DateTimeOffset now)
    {
        // The lowest of ids, so that in a graph that others use they never come first in a list.
        var id = new Guid($"00000000-0000-7000-8000-{Guid.NewGuid().ToString("N")[..12]}");
        return new Listing
        {
            Id = id,
            HostId = host.Id,
            Slug = $"bench-{id.ToString("N")[20..]}",
            Title = $"Lake house {number}",
            Description = "A house at a lake.",
            Type = ListingType.House,
            Status = ListingStatus.Published,
            City = "Bahir Dar",
            Country = "Ethiopia",
            Latitude = 11.594167,
            Longitude = 37.3875,
            TimeZone = "Africa/Addis_Ababa",
            CheckInTime = new TimeOnly(14, 0),
            CheckOutTime = new TimeOnly(11, 0),
            MaxGuests = 4,
            Bedrooms = 2,
            MinNights = Nights,
            MaxNights = 30,
            PricePerNightMinorUnits = 125_000,
            Currency = Currencies.EthiopianBirr,
            CancellationPolicy = CancellationPolicy.Moderate,
            PaymentMode = PaymentMode.OnArrival,
            BookingMode = BookingMode.Instant,
            Amenities = ["wifi"],
            Seasons = [],
            CreatedAt = now,
            PublishedAt = now,
            Version = 1,
        };
    }
}

/// <param name="Token">The guest's, who wants it.</param>
/// <param name="Key">The same for each attempt to book it.</param>
internal sealed record WantedStay(BookStayRequest Request, string Token, string Key);
