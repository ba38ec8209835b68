using System.Text.RegularExpressions;
using Travel.Domain.Listings;
using Travel.Worker.Seeding;

namespace Travel.Tests.Seeding;

public sealed partial class ListingWriterTests
{
    private static readonly List<SeedListing> Written = WriteAll();

    [Fact]
    public void Every_listing_has_a_title_an_address_and_a_description_that_no_other_has()
    {
        Written.Select(listing => listing.Slug).ShouldBeUnique();
        Written.Select(listing => listing.Description).ShouldBeUnique();
        Written.Select(listing => (listing.City, listing.Title)).ShouldBeUnique();
        Written.ShouldAllBe(listing => Slug().IsMatch(listing.Slug));
    }

    [Fact]
    public void Every_sentence_is_finished() =>
        Written.ShouldAllBe(listing => Prose().IsMatch(listing.Description) && listing.Description.Length > 200);

    [Fact]
    public void Every_listing_is_one_that_can_be_booked()
    {
        Written.ShouldAllBe(listing => listing.Amenities.Count > 0 && listing.Amenities.TrueForAll(Amenities.All.Contains));
        Written.ShouldAllBe(listing => listing.PricePerNight.MinorUnits > 0 && listing.PricePerNight.MinorUnits % 100 == 0);
        Written.ShouldAllBe(listing => listing.MinNights <= 5 && listing.MaxNights >= listing.MinNights && listing.MaxGuests >= 2);
        Written.ShouldAllBe(listing => TimeZoneInfo.FindSystemTimeZoneById(listing.TimeZone).HasIanaId);
    }

    [Fact]
    public void What_the_title_promises_is_there()
    {
        Written.Where(listing => listing.Title.StartsWith("Balcony ", StringComparison.Ordinal)).ShouldAllBe(listing => listing.Amenities.Contains("balcony"));
        Written.Where(listing => listing.Title.StartsWith("Courtyard ", StringComparison.Ordinal)).ShouldAllBe(listing => listing.Amenities.Contains("garden"));
        Written.Where(listing => listing.Title.Contains(" studio ", StringComparison.Ordinal)).ShouldAllBe(listing => listing.Bedrooms == 0);
    }

    [Fact]
    public void A_listing_lies_where_its_city_does()
    {
        var places = Place.ReadAll().ToDictionary(place => (place.City, place.Country));

        Written.ShouldAllBe(listing =>
            Math.Abs(listing.Latitude - places[new(listing.City, listing.Country)].Latitude) < 0.01
            && Math.Abs(listing.Longitude - places[new(listing.City, listing.Country)].Longitude) < 0.01);
    }

    private static List<SeedListing> WriteAll()
    {
        var writer = new ListingWriter(Place.ReadAll());
        var slugs = SeedListing.ReadAll().Select(listing => listing.Slug).ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, 1800).Select(index => writer.Write(index, slugs))];
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug();

    [GeneratedRegex(@"^\p{Lu}[^{}]*[.]$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prose();
}
