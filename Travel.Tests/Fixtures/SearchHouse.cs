using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Api.Paging;
using Travel.Api.Search;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Listings;

namespace Travel.Tests.Fixtures;

/// <summary>A database with listings of the test's own to be searched, and nothing else.</summary>
public sealed class SearchHouse(DatabaseServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly User host = Persons.New(Role.Host);
    private TravelDbContext? db;
    private int added;

    internal TravelDbContext Db => db ?? throw new InvalidOperationException("The database is not there yet.");

    internal Cursors Cursors { get; } = new(Options.Create(new AccessTokenOptions { SigningKey = "0123456789abcdef0123456789abcdef" }));

    internal PriceScale Scale { get; } = new(new SearchOptions { BirrPerUsDollar = 150 });

    internal SetClock Clock { get; } = new(Began);

    public async Task InitializeAsync()
    {
        db = await SeededDatabase.EmptyAsync(server, $"search_{Guid.NewGuid():N}");
        // One connection for all that a test asks.
        await db.Database.OpenConnectionAsync();
        db.Users.Add(host);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    public async Task DisposeAsync()
    {
        await Db.Database.EnsureDeletedAsync();
        await Db.DisposeAsync();
    }

    /// <summary>Of another person, on a connection of their own.</summary>
    internal TravelDbContext Another() => new(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(Db.Database.GetConnectionString()).Options);

    /// <param name="most">Stays that are looked at for facets.</param>
    internal Task<SearchFacets> CountAsync(ListingSearch search, int most = 5000) =>
        new CountFacets(Db, Scale, new SearchOptions { MostCounted = most }, Clock).ExecuteAsync(search, CancellationToken.None);

    public async Task EmptyAsync() => await Db.Database.ExecuteSqlAsync($"TRUNCATE listings CASCADE");

    /// <summary>A published listing, newer than those before it.</summary>
    internal Listing New(
        string title = "House", string description = "", string city = "Bahir Dar", string? region = "Amhara", string country = "Ethiopia", ListingType type = ListingType.House,
        Money? price = null, (double Latitude, double Longitude)? spot = null, decimal? rating = null, int reviews = 0, IEnumerable<string>? amenities = null, int bedrooms = 1,
        int maxGuests = 4, ListingStatus status = ListingStatus.Published)
    {
        var id = Guid.CreateVersion7(Began.AddMinutes(++added));
        return new Listing
        {
            Id = id,
            HostId = host.Id,
            Slug = $"{id:N}",
            Title = title,
            Description = description,
            Type = type,
            Status = status,
            City = city,
            Region = region,
            Country = country,
            Latitude = spot?.Latitude ?? 11.59,
            Longitude = spot?.Longitude ?? 37.39,
            TimeZone = "Africa/Addis_Ababa",
            CheckInTime = new TimeOnly(14, 0),
            CheckOutTime = new TimeOnly(11, 0),
            MaxGuests = maxGuests,
            Bedrooms = bedrooms,
            MinNights = 1,
            MaxNights = 30,
            PricePerNightMinorUnits = (price ?? SampleMoney.Price).MinorUnits,
            Currency = (price ?? SampleMoney.Price).Currency,
            CancellationPolicy = CancellationPolicy.Flexible,
            PaymentMode = PaymentMode.OnArrival,
            BookingMode = BookingMode.Instant,
            Amenities = [.. amenities ?? []],
            Seasons = [],
            Rating = rating,
            ReviewCount = reviews,
            CreatedAt = Began,
            Version = 1,
        };
    }

    internal async Task<Listing> AddAsync(Listing listing)
    {
        await AddAsync([listing], []);
        return listing;
    }

    internal async Task AddAsync(IEnumerable<Listing> listings, IEnumerable<Occupancy> taken)
    {
        Db.Listings.AddRange(listings);
        Db.Occupancies.AddRange(taken);
        await Db.SaveChangesAsync();
        Db.ChangeTracker.Clear();
    }

    internal async Task<List<Guid>> FoundAsync(ListingSearch search) => [.. (await FindAsync(search)).Items.Select(item => item.Id)];

    internal async Task<ListingsFound> FindAsync(ListingSearch search, SearchCursor? after = null, int limit = 100) =>
        await new FindListings(Db, Cursors, Scale, Clock)
            .ExecuteAsync(search, await SearchMeaning.ReadAsync(search, Db, CancellationToken.None), after, limit, CancellationToken.None);
}
