using System.Globalization;
using System.Text;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Worker.Seeding;

/// <summary>Writes listings like those of <c>listings.json</c>, from places that exist and sentences that were written by hand.</summary>
internal sealed class ListingWriter(IReadOnlyList<Place> places)
{
    private const int BirrToTheDollar = 130;

    private static readonly string[] Counts = ["", "one", "two", "three", "four", "five", "six"];
    private readonly Words words = SeedFiles.Read<Words>("listing-words.json");

    /// <param name="taken">The slugs of the listings that are there already; those of the new ones are added.</param>
    public SeedListing Write(int index, HashSet<string> taken)
    {
        var dice = new Dice($"listing {index}");
        var place = dice.Pick(places, place => place.Weight);
        var type = dice.Pick(Enum.GetValues<ListingType>(), type => Likely(type, place));
        string title, noun, area, slug;
        string? promised;
        do
        {
            (var adjective, promised) = dice.Pick(words.Adjectives[type].OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList());
            noun = dice.Pick(words.Nouns[type]);
            area = dice.Pick(place.Areas);
            title = $"{adjective} {noun} {area}";
            slug = Slug.Of($"{place.City} {title}", type, place.City);
        }
        while (!taken.Add(slug));

        var bedrooms = BedroomsOf(type, noun, dice);
        var amenities = ListingAmenities.Of(type, place, promised, dice);
        var businesslike = type is ListingType.Hotel or ListingType.Hostel or ListingType.Guesthouse;
        return new SeedListing(
            slug,
            title,
            Describe(type, place, area, bedrooms, amenities, dice),
            type,
            place.City,
            place.Region,
            place.Country,
            Math.Round(place.Latitude + dice.Between(-0.008, 0.008), 5),
            Math.Round(place.Longitude + dice.Between(-0.008, 0.008), 5),
            place.TimeZone,
            MaxGuests: bedrooms == 0 ? 2 : (2 * bedrooms) + dice.Roll(3),
            bedrooms,
            MinNights: businesslike ? 1 : dice.Pick([1, 1, 2, 2, 3]),
            MaxNights: businesslike ? 30 : dice.Pick([14, 30, 60, 90]),
            PriceOf(type, place, bedrooms, dice),
            CheckInTime: new TimeOnly(dice.Pick([13, 14, 14, 15]), 0),
            CheckOutTime: new TimeOnly(dice.Pick([10, 11, 11, 12]), 0),
            amenities,
            dice.Pick(Enum.GetValues<CancellationPolicy>()),
            dice.Chance(0.55) ? PaymentMode.OnArrival : PaymentMode.Online,
            dice.Chance(0.75) ? BookingMode.Instant : BookingMode.Request);
    }

    private string Describe(ListingType type, Place place, string area, int bedrooms, List<string> amenities, Dice dice)
    {
        var sight = dice.Pick(place.Sights);
        var told = amenities.Where(words.Amenities.ContainsKey).ToList();
        while (told.Count > 2)
        {
            told.RemoveAt(dice.Roll(told.Count));
        }

        string[] sentences =
        [
            dice.Pick(words.Openings[type]),
            dice.Pick(words.Surroundings[dice.Pick(place.Kinds)]),
            dice.Pick(words.Sights),
            .. told.Select(amenity => dice.Pick(words.Amenities[amenity])),
            dice.Pick(words.Closings),
        ];
        return new StringBuilder(string.Join(' ', sentences))
            .Replace("{rooms}", bedrooms == 0 ? "a single large room" : $"{Counts[bedrooms]} {(bedrooms == 1 ? "bedroom" : "bedrooms")}")
            .Replace("{area}", area)
            .Replace("{city}", place.City)
            .Replace("{sight}", sight)
            .Replace("{sight2}", dice.Pick(place.Sights.Where(other => other != sight).ToList()))
            .Replace("{Sight}", char.ToUpperInvariant(sight[0]) + sight[1..])
            .ToString();
    }

    private static int Likely(ListingType type, Place place) => type switch
    {
        ListingType.Apartment => place.Is("city") ? 40 : 8,
        ListingType.House => 15,
        ListingType.Villa => place.Is("warm") || place.Is("garden") ? 8 : 3,
        ListingType.Hotel => 14,
        ListingType.Hostel => place.Is("city") || place.Is("old") ? 7 : 2,
        ListingType.Lodge => !place.Is("city") && (place.Is("wild") || place.Is("mountain") || place.Is("forest")) ? 30 : 0,
        ListingType.Resort => place.Is("city") ? 0 : place.Is("lake") || place.Is("coast") ? 10 : 0,
        _ => 18,
    };

    private static int BedroomsOf(ListingType type, string noun, Dice dice) => type switch
    {
        ListingType.Apartment => noun == "studio" ? 0 : dice.Pick([1, 1, 2, 2, 3]),
        ListingType.House => 2 + dice.Roll(3),
        ListingType.Villa => 3 + dice.Roll(3),
        ListingType.Guesthouse or ListingType.Lodge or ListingType.Resort => dice.Pick([1, 1, 2]),
        _ => 1,
    };

    private static Money PriceOf(ListingType type, Place place, int bedrooms, Dice dice)
    {
        var comfort = type switch
        {
            ListingType.Villa => 1.6,
            ListingType.Resort => 1.9,
            ListingType.Lodge => 1.4,
            ListingType.Hotel => 1.2,
            ListingType.Guesthouse => 0.7,
            ListingType.Hostel => 0.35,
            _ => 0.9,
        };
        var dollars = place.Price * comfort * (0.75 + (0.3 * bedrooms)) * dice.Between(0.8, 1.3);
        return place.Country == "Ethiopia"
            ? new Money(50_00 * (long)Math.Round(dollars * BirrToTheDollar / 50), Currencies.EthiopianBirr)
            : new Money(100 * (long)Math.Round(dollars), Currencies.UsDollar);
    }

    /// <param name="Adjectives">With the amenity that each promises.</param>
    private sealed record Words(
        Dictionary<ListingType, IReadOnlyList<string>> Nouns,
        Dictionary<ListingType, Dictionary<string, string?>> Adjectives,
        Dictionary<ListingType, IReadOnlyList<string>> Openings,
        Dictionary<string, IReadOnlyList<string>> Surroundings,
        IReadOnlyList<string> Sights,
        Dictionary<string, IReadOnlyList<string>> Amenities,
        IReadOnlyList<string> Closings);
}
