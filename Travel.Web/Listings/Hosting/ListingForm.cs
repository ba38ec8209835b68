using System.Globalization;
using Travel.Contracts;
using Travel.Contracts.Listings;

namespace Travel.Web.Listings.Hosting;

/// <summary>A listing as its host types it. It stays text, so that a mistake comes back into the form as it was made.</summary>
public sealed class ListingForm
{
    /// <summary>Of the form, so that one that is sent twice begins one listing.</summary>
    public Guid Key { get; set; } = Guid.CreateVersion7();

    /// <summary>Of the version that the form was filled from.</summary>
    public string? ETag { get; set; }

    public string? Title { get; set; }
    public string? Description { get; set; }
    public string? Type { get; set; }
    public string? City { get; set; }
    public string? Region { get; set; }
    public string? Country { get; set; }
    public string? Latitude { get; set; }
    public string? Longitude { get; set; }
    public string? TimeZone { get; set; } = "Africa/Addis_Ababa";
    public string? CheckInTime { get; set; } = "14:00";
    public string? CheckOutTime { get; set; } = "11:00";
    public string? MaxGuests { get; set; } = "2";
    public string? Bedrooms { get; set; } = "1";
    public string? MinNights { get; set; } = "1";
    public string? MaxNights { get; set; } = "30";
    public string? Price { get; set; }
    public string? Currency { get; set; } = Currencies.EthiopianBirr;
    public string? CancellationPolicy { get; set; }
    public string? PaymentMode { get; set; }
    public string? BookingMode { get; set; }
    public List<string>? Amenities { get; set; }

    public static ListingForm Of(ListingRequest listing, string? etag) => new()
    {
        ETag = etag,
        Title = listing.Title,
        Description = listing.Description,
        Type = listing.Type.ToString(),
        City = listing.City,
        Region = listing.Region,
        Country = listing.Country,
        Latitude = listing.Latitude.ToString(CultureInfo.InvariantCulture),
        Longitude = listing.Longitude.ToString(CultureInfo.InvariantCulture),
        TimeZone = listing.TimeZone,
        CheckInTime = Words.Hour(listing.CheckInTime),
        CheckOutTime = Words.Hour(listing.CheckOutTime),
        MaxGuests = Number(listing.MaxGuests),
        Bedrooms = Number(listing.Bedrooms),
        MinNights = Number(listing.MinNights),
        MaxNights = Number(listing.MaxNights),
        Price = listing.PricePerNight.ToDecimalString(),
        Currency = listing.PricePerNight.Currency,
        CancellationPolicy = listing.CancellationPolicy.ToString(),
        PaymentMode = listing.PaymentMode.ToString(),
        BookingMode = listing.BookingMode.ToString(),
        Amenities = [.. listing.Amenities],
    };

    public bool TryRead(out ListingRequest listing, out Dictionary<string, string[]> errors)
    {
        var read = new FormReading();
        errors = read.Errors;
        listing = new ListingRequest(
            Title?.Trim() ?? "",
            // Browsers send the ends of lines as two characters, and count them as one.
            Description?.ReplaceLineEndings("\n").Trim() ?? "",
            read.Choice<ListingType>("type", Type),
            City?.Trim() ?? "",
            Country?.Trim() ?? "",
            read.Degrees("latitude", Latitude),
            read.Degrees("longitude", Longitude),
            TimeZone?.Trim() ?? "",
            read.Hour("checkInTime", CheckInTime),
            read.Hour("checkOutTime", CheckOutTime),
            read.Whole("maxGuests", MaxGuests),
            read.Whole("bedrooms", Bedrooms),
            read.Whole("minNights", MinNights),
            read.Whole("maxNights", MaxNights),
            read.Amount("pricePerNight", Price, Currency),
            read.Choice<CancellationPolicy>("cancellationPolicy", CancellationPolicy),
            read.Choice<PaymentMode>("paymentMode", PaymentMode),
            read.Choice<BookingMode>("bookingMode", BookingMode),
            Amenities ?? [],
            string.IsNullOrWhiteSpace(Region) ? null : Region.Trim());
        return errors.Count == 0;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
