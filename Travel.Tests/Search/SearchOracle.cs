using System.Globalization;
using System.Text;
using Travel.Api.Search;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Tests.Search;

/// <summary>What a search has to find, said in the plainest way there is: each listing is looked at, with everything about it in memory.</summary>
/// <param name="Taken">Nights of the listings, half-open.</param>
/// <param name="Ranks">How well each listing fits the words: the one thing that is the database's to say.</param>
internal sealed record SearchOracle(
    IReadOnlyList<Listing> Listings, ILookup<Guid, (DateOnly From, DateOnly To)> Taken, IReadOnlyDictionary<Guid, long> Ranks, PriceScale Scale)
{
    private static readonly decimal[] RatingSteps = [3m, 3.5m, 4m, 4.5m];

    public List<Guid> Find(ListingSearch search)
    {
        var found = Listings.Where(listing => Fits(search, listing)).ToList();
        var centre = search.Box?.Centre ?? CentreOf(search.Place);
        var ordered = search.Sort switch
        {
            SearchSort.Price => found.OrderBy(listing => Price(search, listing)).ThenBy(IdOf, StringComparer.Ordinal),
            SearchSort.PriceDescending => found.OrderByDescending(listing => Price(search, listing)).ThenByDescending(IdOf, StringComparer.Ordinal),
            SearchSort.Rating => found.OrderByDescending(listing => listing.Rating ?? 0).ThenByDescending(listing => listing.ReviewCount).ThenByDescending(IdOf, StringComparer.Ordinal),
            SearchSort.Distance => found.OrderBy(listing => Millimetres(listing, centre)).ThenBy(IdOf, StringComparer.Ordinal),
            SearchSort.Relevance => found.OrderByDescending(listing => Ranks[listing.Id]).ThenByDescending(IdOf, StringComparer.Ordinal),
            _ => found.OrderByDescending(IdOf, StringComparer.Ordinal),
        };
        return [.. ordered.Select(listing => listing.Id)];
    }

    public static Money? TotalOf(ListingSearch search, Listing listing) =>
        search.HasDates ? QuoteStay.Total(listing, search.CheckIn!.Value, search.CheckOut!.Value, search.Guests ?? 1) : null;

    public SearchFacets Count(ListingSearch search)
    {
        var open = search with { Sort = SearchSort.Newest };
        var prices = Listings.Where(listing => Fits(open with { MinPrice = null, MaxPrice = null }, listing)).Select(listing => Price(search, listing)).ToList();
        return new SearchFacets(
            CountOf(open),
            Complete: true,
            [.. Enum.GetValues<ListingType>()
                .Select(type => new FacetCount(type.ToString().ToLowerInvariant(), CountOf(open with { Type = type })))
                .Where(facet => facet.Count > 0).OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)],
            [.. Amenities.All
                .Select(amenity => new FacetCount(amenity, CountOf(open with { Amenities = [.. search.Amenities, amenity] })))
                .Where(facet => facet.Count > 0).OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)],
            [.. Enumerable.Range(1, 5)
                .Select(bedrooms => new FacetCount(bedrooms.ToString(CultureInfo.InvariantCulture), CountOf(open with { Bedrooms = bedrooms })))
                .Where(facet => facet.Count > 0)],
            [.. RatingSteps
                .Select(rating => new FacetCount(rating.ToString("0.#", CultureInfo.InvariantCulture), CountOf(open with { MinRating = rating })))
                .Where(facet => facet.Count > 0)],
            prices.Count == 0
                ? null
                : new PriceRange(
                    new Money(Scale.NotAbove(prices.Min(), search.Currency), search.Currency), new Money(Scale.NotBelow(prices.Max(), search.Currency), search.Currency)));
    }

    private int CountOf(ListingSearch search) => Listings.Count(listing => Fits(search, listing));

    private bool Fits(ListingSearch search, Listing listing) =>
        listing.Status == ListingStatus.Published
        && (search.Q is null || HasWords(listing, search.Q))
        && (search.Place is null || IsCalled(listing, search.Place))
        && (search.Box is null || IsIn(listing, search.Box))
        && (search.Guests is null || listing.MaxGuests >= search.Guests)
        && (search.Bedrooms is null || listing.Bedrooms >= search.Bedrooms)
        && (search.Type is null || listing.Type == search.Type)
        && (search.MinRating is null || listing.Rating >= search.MinRating)
        && search.Amenities.All(listing.Amenities.Contains)
        && (!search.HasDates || IsFree(search.CheckIn!.Value, search.CheckOut!.Value, listing))
        && (search.MinPrice is null || Price(search, listing) >= Scale.Of(new Money(search.MinPrice.Value, search.Currency)))
        && (search.MaxPrice is null || Price(search, listing) <= Scale.Of(new Money(search.MaxPrice.Value, search.Currency)));

    private bool IsFree(DateOnly checkIn, DateOnly checkOut, Listing listing)
    {
        var nights = checkOut.DayNumber - checkIn.DayNumber;
        return nights >= listing.MinNightsFrom(checkIn) && nights <= listing.MaxNights
            && Enumerable.Range(0, nights).Select(checkIn.AddDays).All(night => !Taken[listing.Id].Any(stay => stay.From <= night && night < stay.To));
    }

    private long Price(ListingSearch search, Listing listing) => Scale.Of(TotalOf(search, listing) ?? listing.PricePerNight);

    private static bool HasWords(Listing listing, string text)
    {
        var words = Plain($"{listing.Title} {listing.City} {listing.Region} {listing.Country} {listing.Description}").Split(' ');
        return Plain(text).Split(' ').All(asked => words.Any(word => word.StartsWith(asked, StringComparison.Ordinal)));
    }

    private static bool IsCalled(Listing listing, string place) =>
        new[] { listing.City, listing.Region ?? "", listing.Country, $"{listing.City} {listing.Country}" }.Select(Plain).Contains(Plain(place), StringComparer.Ordinal);

    private static bool IsIn(Listing listing, SearchBox box) =>
        box.South <= listing.Latitude && listing.Latitude <= box.North
        && (box.CrossesDateLine ? listing.Longitude >= box.West || listing.Longitude <= box.East : box.West <= listing.Longitude && listing.Longitude <= box.East);

    private Spot CentreOf(string? place)
    {
        var there = Listings.Where(listing => place is not null && listing.Status == ListingStatus.Published && IsCalled(listing, place)).ToList();
        // All stays of the tests lie on one side of the earth.
        return there.Count == 0 ? new Spot(0, 0) : new Spot(there.Average(listing => listing.Latitude), there.Average(listing => listing.Longitude));
    }

    private static double Millimetres(Listing listing, Spot centre)
    {
        var (latitude, longitude) = (double.DegreesToRadians(listing.Latitude - centre.Latitude), double.DegreesToRadians(listing.Longitude - centre.Longitude));
        var chord = Math.Pow(Math.Sin(latitude / 2), 2)
            + (Math.Cos(double.DegreesToRadians(centre.Latitude)) * Math.Cos(double.DegreesToRadians(listing.Latitude)) * Math.Pow(Math.Sin(longitude / 2), 2));
        return Math.Round(2 * 6371008771.4 * Math.Asin(Math.Min(1, Math.Sqrt(chord))), MidpointRounding.ToEven);
    }

    private static string IdOf(Listing listing) => listing.Id.ToString();

    private static string Plain(string text) =>
        string.Join(' ', new string([.. text.Normalize(NormalizationForm.FormD).ToLowerInvariant()
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
