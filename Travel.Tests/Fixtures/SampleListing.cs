using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Tests.Fixtures;

/// <summary>A listing in memory, for tests of what is pure.</summary>
internal static class SampleListing
{
    public static Listing With(
        string title = "Lake house",
        string timeZone = "Africa/Addis_Ababa",
        int minNights = 1,
        int maxNights = 30,
        int maxGuests = 4,
        Money? price = null,
        TimeOnly? checkInTime = null,
        Guid? hostId = null,
        string slug = "lake-house",
        ListingStatus status = ListingStatus.Published,
        PaymentMode payment = PaymentMode.OnArrival,
        BookingMode booking = BookingMode.Instant,
        Guid? id = null) => new()
        {
            Id = id ?? Guid.NewGuid(),
            HostId = hostId ?? Guid.NewGuid(),
            Slug = slug,
            Title = title,
            Description = "A house at a lake.",
            Type = ListingType.House,
            Status = status,
            City = "Bahir Dar",
            Country = "Ethiopia",
            Latitude = 11.594167,
            Longitude = 37.3875,
            TimeZone = timeZone,
            CheckInTime = checkInTime ?? new TimeOnly(14, 0),
            CheckOutTime = new TimeOnly(11, 0),
            MaxGuests = maxGuests,
            Bedrooms = 2,
            MinNights = minNights,
            MaxNights = maxNights,
            PricePerNightMinorUnits = (price ?? SampleMoney.Price).MinorUnits,
            Currency = (price ?? SampleMoney.Price).Currency,
            CancellationPolicy = CancellationPolicy.Moderate,
            PaymentMode = payment,
            BookingMode = booking,
            Amenities = ["wifi"],
            Seasons = [],
            CreatedAt = DateTimeOffset.UnixEpoch,
            Version = 1,
        };
}

internal static class SampleMoney
{
    public static readonly Money Price = new(125_000, Currencies.EthiopianBirr);
}
