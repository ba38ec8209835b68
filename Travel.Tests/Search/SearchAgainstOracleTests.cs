using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Search;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

/// <summary>Small houses of listings by chance, and questions by chance: the database has to find what a look at each listing finds.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class SearchAgainstOracleTests(SearchHouse house) : IClassFixture<SearchHouse>
{
    private const int Listings = 60;
    private const int Questions = 60;
    private static readonly DateOnly FirstDay = new(2027, 3, 1);
    private static readonly string[] Words = ["alpha", "bravo", "kilo", "Lima", "Quebéc", "tango"];
    private static readonly string[] SomeAmenities = ["wifi", "pool", "garden", "kitchen"];
    private static readonly PriceScale Scale = new(new SearchOptions { BirrPerUsDollar = 150 });

    private static readonly (string City, string? Region, string Country)[] Places =
        [("Bahir Dar", "Amhara", "Ethiopia"), ("Gondar", "Amhara", "Ethiopia"), ("Graça", null, "Portugal"), ("Suva", "Central", "Fiji")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_asked_all_pages_together_are_what_fits_in_its_order_while_stays_are_added(int seed)
    {
        var chance = new Random(seed);
        var (listings, taken) = await FilledAsync(chance);
        var questionsThatFind = 0;
        for (var number = 0; number < Questions; number++)
        {
            var search = Question(chance);
            var oracle = new SearchOracle(listings, taken.ToLookup(nights => nights.ListingId, nights => (nights.Stay.LowerBound, nights.Stay.UpperBound)), await RanksAsync(search), Scale);
            var expected = oracle.Find(search);
            var known = listings.ToDictionary(listing => listing.Id);

            var first = await house.FindAsync(search);
            first.Items.Select(item => item.Id).ShouldBe(expected, $"{seed}: {search.Canonical}");
            first.Items.ShouldAllBe(item => item.TotalPrice == SearchOracle.TotalOf(search, known[item.Id]));
            JsonSerializer.Serialize(await house.CountAsync(search), TravelJson.Options).ShouldBe(JsonSerializer.Serialize(oracle.Count(search), TravelJson.Options), $"{seed}: {search.Canonical}");

            var newcomers = number % 10 == 0;
            var paged = await PagesAsync(search, limit: 1 + chance.Next(7), newcomers ? chance : null);
            paged.Where(known.ContainsKey).ShouldBe(expected, $"{seed}, in pages: {search.Canonical}");
            questionsThatFind += expected.Count > 0 ? 1 : 0;
            if (newcomers)
            {
                listings = await house.Db.Listings.AsNoTracking().WithRates().ToListAsync();
            }
        }

        // Questions to which nothing fits prove little.
        questionsThatFind.ShouldBeGreaterThan(Questions / 2);
    }

    private async Task<List<Guid>> PagesAsync(ListingSearch search, int limit, Random? newcomers)
    {
        List<Guid> found = [];
        SearchCursor? after = null;
        do
        {
            var page = await house.FindAsync(search, after, limit);
            found.AddRange(page.Items.Select(item => item.Id));
            after = page.Next is null ? null : SearchCursor.Read(house.Cursors, search, house.Scale, page.Next).ShouldNotBeNull();
            if (newcomers is not null && found.Count < Listings)
            {
                await house.AddAsync(AListing(newcomers));
            }
        }
        while (after is not null);
        return found;
    }

    private async Task<(List<Listing> Listings, List<Occupancy> Taken)> FilledAsync(Random chance)
    {
        await house.EmptyAsync();
        var listings = Enumerable.Range(0, Listings).Select(_ => AListing(chance)).ToList();
        List<Occupancy> taken = [];
        foreach (var listing in listings)
        {
            var owner = Guid.NewGuid();
            for (var day = chance.Next(20); day < 60; day += chance.Next(2, 30))
            {
                var nights = chance.Next(1, 6);
                taken.Add(Occupancy.For(chance.Next(3) == 0 ? owner : owner = Guid.NewGuid(), listing.Id, FirstDay.AddDays(day), FirstDay.AddDays(day + nights), DateTimeOffset.UnixEpoch));
                taken[^1].Active = chance.Next(4) > 0;
                day += nights;
            }
        }

        await house.AddAsync(listings, taken);
        return (listings, taken.FindAll(nights => nights.Active));
    }

    private Listing AListing(Random chance)
    {
        var (city, region, country) = Pick(chance, Places);
        var dollars = country != "Ethiopia";
        // Few different prices, some of them the same in both currencies: whoever sorts has to decide.
        var rating = chance.Next(3) == 0 ? null : (decimal?)(chance.Next(4, 11) / 2m);
        var price = dollars ? new Money(chance.Next(1, 9) * 500, Currencies.UsDollar) : new Money(chance.Next(1, 9) * 500 * 150, Currencies.EthiopianBirr);
        var listing = house.New(
            $"{Pick(chance, Words)} {Pick(chance, Words)}",
            $"{Pick(chance, Words)}, {Pick(chance, Words)}",
            city,
            region,
            country,
            Pick(chance, Enum.GetValues<ListingType>()),
            price,
            (Math.Round(-20 + (chance.NextDouble() * 40), 1), country == "Fiji" ? Pick(chance, [179.5, -179.5, 180, -180]) : Math.Round(chance.NextDouble() * 40, 1)),
            rating,
            rating is null ? 0 : chance.Next(1, 4),
            SomeAmenities.Where(_ => chance.Next(2) == 0),
            chance.Next(0, 8),
            chance.Next(1, 7),
            chance.Next(10) == 0 ? ListingStatus.Draft : ListingStatus.Published);
        listing.MinNights = chance.Next(1, 4);
        listing.MaxNights = Pick(chance, [4, 10, 30]);
        var unit = price.MinorUnits / 10;
        listing.WeekendPriceMinorUnits = chance.Next(2) == 0 ? null : unit * chance.Next(8, 16);
        listing.WeekendNights = Pick(chance, new List<DayOfWeek>[] { [DayOfWeek.Friday, DayOfWeek.Saturday], [DayOfWeek.Sunday], [], [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Saturday] });
        listing.CleaningFeeMinorUnits = chance.Next(2) * unit;
        listing.ExtraGuestFeeMinorUnits = chance.Next(2) * unit;
        listing.IncludedGuests = chance.Next(2) == 0 ? null : 1;
        for (var day = chance.Next(15); day < 50 && chance.Next(3) > 0; day += chance.Next(1, 20))
        {
            var nights = chance.Next(1, 12);
            listing.Seasons!.Add(new Season
            {
                Id = Guid.NewGuid(),
                ListingId = listing.Id,
                Name = "A season",
                FromOn = FirstDay.AddDays(day),
                ToOn = FirstDay.AddDays(day + nights),
                PricePerNightMinorUnits = unit * chance.Next(6, 20),
                MinNights = chance.Next(2) == 0 ? null : chance.Next(1, 5),
            });
            day += nights;
        }

        return listing;
    }

    private static ListingSearch Question(Random chance)
    {
        var (checkIn, nights) = (FirstDay.AddDays(chance.Next(40)), chance.Next(1, 8));
        var dates = Sometimes(0.5);
        var (low, high) = (chance.Next(1, 12) * 40_000L, chance.Next(4, 30) * 60_000L);
        var dollars = chance.Next(3) == 0;
        var (min, max) = (Sometimes(0.2) ? Math.Min(low, high) : (long?)null, Sometimes(0.2) ? Math.Max(low, high) : (long?)null);
        var search = ListingSearch.Everything with
        {
            Q = Sometimes(0.2) ? Pick(chance, ["alpha", "ALP", "bravo kil", "québec", "quebec lima", "dar", "nowhere"]) : null,
            Place = Sometimes(0.25) ? Pick(chance, ["Gondar", "amhara", "ETHIOPIA", "graca", "Graça, Portugal", "Suva Fiji"]) : null,
            CheckIn = dates ? checkIn : null,
            CheckOut = dates ? checkIn.AddDays(nights) : null,
            Guests = Sometimes(0.4) ? chance.Next(1, 6) : null,
            MinPrice = dollars ? min / 150 : min,
            MaxPrice = dollars ? max / 150 : max,
            Currency = dollars ? Currencies.UsDollar : Currencies.EthiopianBirr,
            Amenities = [.. SomeAmenities.Where(_ => Sometimes(0.15)).Order(StringComparer.Ordinal)],
            Type = Sometimes(0.1) ? Pick(chance, Enum.GetValues<ListingType>()) : null,
            MinRating = Sometimes(0.15) ? chance.Next(4, 11) / 2m : null,
            Bedrooms = Sometimes(0.2) ? chance.Next(0, 7) : null,
            Box = Sometimes(0.2) ? Pick(chance, [new SearchBox(0, -20, 20, 20), new SearchBox(179, -20, -179, 20), new SearchBox(-180, -90, 180, 90), new SearchBox(5, 0, 40, 10)]) : null,
        };
        var sorts = Enum.GetValues<SearchSort>()
            .Where(sort => sort != SearchSort.Relevance || search.Q is not null)
            // The place of the tests that lies across the date line has no middle that a mean of numbers would find.
            .Where(sort => sort != SearchSort.Distance || search.Box is not null || search.Place is not null and not "Suva Fiji")
            .ToList();
        return search with { Sort = Pick(chance, sorts) };

        bool Sometimes(double share) => chance.NextDouble() < share;
    }

    private async Task<Dictionary<Guid, long>> RanksAsync(ListingSearch search) => await house.Db.Database
        .SqlQuery<Ranked>($"""SELECT id AS "Id", (ts_rank(words, words_meant({search.Q ?? ""})) * 1000000)::bigint AS "Rank" FROM listings""")
        .ToDictionaryAsync(ranked => ranked.Id, ranked => ranked.Rank);

    private static T Pick<T>(Random chance, IReadOnlyList<T> items) => items[chance.Next(items.Count)];

    private sealed record Ranked(Guid Id, long Rank);
}
