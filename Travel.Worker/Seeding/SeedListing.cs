using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Worker.Seeding;

/// <summary>A listing as <c>listings.json</c> has it, and as <see cref="ListingWriter"/> writes it.</summary>
internal sealed record SeedListing(
    string Slug,
    string Title,
    string Description,
    ListingType Type,
    string City,
    string? Region,
    string Country,
    double Latitude,
    double Longitude,
    string TimeZone,
    int MaxGuests,
    int Bedrooms,
    int MinNights,
    int MaxNights,
    Money PricePerNight,
    TimeOnly CheckInTime,
    TimeOnly CheckOutTime,
    List<string> Amenities,
    CancellationPolicy CancellationPolicy,
    PaymentMode PaymentMode,
    BookingMode BookingMode)
{
    public static IReadOnlyList<SeedListing> ReadAll() => SeedFiles.Read<List<SeedListing>>("listings.json");

    public Listing ToListing(Guid hostId, DateTimeOffset createdAt) => new()
    {
        Id = new Dice("listing " + Slug).Id(createdAt),
        HostId = hostId,
        Slug = Slug,
        Title = Title,
        Description = Description,
        Type = Type,
        Status = ListingStatus.Published,
        City = City,
        Region = Region,
        Country = Country,
        Latitude = Latitude,
        Longitude = Longitude,
        TimeZone = TimeZone,
        CheckInTime = CheckInTime,
        CheckOutTime = CheckOutTime,
        MaxGuests = MaxGuests,
        Bedrooms = Bedrooms,
        MinNights = MinNights,
        MaxNights = MaxNights,
        PricePerNightMinorUnits = PricePerNight.MinorUnits,
        Currency = PricePerNight.Currency,
        CancellationPolicy = CancellationPolicy,
        PaymentMode = PaymentMode,
        BookingMode = BookingMode,
        Amenities = Amenities,
        Seasons = [],
        CreatedAt = createdAt,
        PublishedAt = createdAt,
        Version = 1,
    };
}
