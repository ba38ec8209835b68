using Travel.Contracts.Listings;
using Travel.Domain.Listings;
using Travel.Domain.Payments;

namespace Travel.Domain.Bookings;

/// <summary>The stay somebody asks for: dates, guests and a word to the host.</summary>
public sealed record StayRequest(DateOnly CheckIn, DateOnly CheckOut, int Guests, string? Note = null)
{
    public const int LongestNote = 1000;

    /// <summary>How far ahead a stay may end.</summary>
    public const int YearsAhead = 2;

    public int Nights => CheckOut.DayNumber - CheckIn.DayNumber;

    /// <summary>What is wrong with this stay at this listing, which is loaded with its rates, by field; empty when nothing is.</summary>
    public Dictionary<string, string[]> ErrorsAt(Listing listing, DateTimeOffset now)
    {
        var errors = DateErrors(CheckIn, CheckOut, listing.TodayAt(now));
        if (errors.Count == 0 && Nights < listing.MinNightsFrom(CheckIn))
        {
            errors["checkOut"] = [$"This place is let for at least {listing.MinNightsFrom(CheckIn)} nights."];
        }
        else if (errors.Count == 0 && Nights > listing.MaxNights)
        {
            errors["checkOut"] = [$"This place is let for at most {listing.MaxNights} nights."];
        }

        if (Guests < 1)
        {
            errors["guests"] = ["At least one guest."];
        }
        else if (Guests > listing.MaxGuests)
        {
            errors["guests"] = [$"This place takes at most {listing.MaxGuests} guests."];
        }

        if (Note?.Length > LongestNote)
        {
            errors["note"] = [$"At most {LongestNote} characters."];
        }

        if (errors.Count == 0 && listing.PaymentMode == PaymentMode.Online
            && QuoteStay.Total(listing, CheckIn, CheckOut, Guests) is var total && PaymentRules.MostAtOnce(listing.Currency) is var most
            && total.MinorUnits > most.MinorUnits)
        {
            errors["checkOut"] = [$"This stay costs {total}, and at most {most} can be paid online at once. Book fewer nights, or the rest as a second stay."];
        }

        return errors;
    }

    /// <summary>What is wrong with these dates whatever the listing.</summary>
    public static Dictionary<string, string[]> DateErrors(DateOnly checkIn, DateOnly checkOut, DateOnly today)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (checkIn < today)
        {
            errors["checkIn"] = ["Check-in is in the past."];
        }

        if (checkOut <= checkIn)
        {
            errors["checkOut"] = ["Check-out must be after check-in."];
        }
        else if (checkOut > today.AddYears(YearsAhead))
        {
            errors["checkOut"] = [$"Stays can be booked at most {YearsAhead} years ahead."];
        }

        return errors;
    }
}
