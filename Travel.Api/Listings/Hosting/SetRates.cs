using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;

namespace Travel.Api.Listings.Hosting;

/// <summary>A host sets all prices of a listing at once. Stays that are booked keep theirs.</summary>
internal sealed class SetRates(TravelDbContext db, ChangeListing changeListing, TimeProvider clock)
{
    public Task<ListingOutcome> ExecuteAsync(Guid hostId, Guid listingId, IList<EntityTagHeaderValue> ifMatch, Rates rates, CancellationToken cancellationToken) =>
        changeListing.ExecuteAsync(hostId, listingId, ifMatch, (listing, token) => SetAsync(listing, rates, token), cancellationToken);

    private async Task<ListingOutcome?> SetAsync(Listing listing, Rates rates, CancellationToken cancellationToken)
    {
        if (RateRules.ErrorsOf(rates, listing.MaxGuests) is { Count: > 0 } errors)
        {
            return new ListingOutcome.Invalid(errors);
        }

        listing.PricePerNightMinorUnits = rates.PricePerNight.MinorUnits;
        listing.Currency = rates.PricePerNight.Currency;
        listing.WeekendPriceMinorUnits = rates.WeekendPrice?.MinorUnits;
        listing.WeekendNights = [.. rates.WeekendNights ?? [DayOfWeek.Friday, DayOfWeek.Saturday]];
        listing.CleaningFeeMinorUnits = rates.CleaningFee?.MinorUnits ?? 0;
        listing.ExtraGuestFeeMinorUnits = rates.ExtraGuestFee?.MinorUnits ?? 0;
        listing.IncludedGuests = rates.IncludedGuests;

        // Before the new ones are written: while they overlap, the constraint lets only one kind be there.
        db.Seasons.RemoveRange(listing.Seasons!);
        await db.SaveChangesAsync(cancellationToken);
        var now = clock.GetUtcNow();
        listing.Seasons = [.. (rates.Seasons ?? []).OrderBy(season => season.From).Select(season => new Season
        {
            Id = Guid.CreateVersion7(now),
            ListingId = listing.Id,
            Name = season.Name,
            FromOn = season.From,
            ToOn = season.To,
            PricePerNightMinorUnits = season.PricePerNight.MinorUnits,
            MinNights = season.MinNights,
        })];
        db.Seasons.AddRange(listing.Seasons);
        return null;
    }
}

internal static class RatesResponses
{
    public static Rates ToRates(this Listing listing) => new(
        listing.PricePerNight,
        listing.WeekendPriceMinorUnits is { } weekend ? new Money(weekend, listing.Currency) : null,
        listing.WeekendNights,
        [.. listing.Seasons!.OrderBy(season => season.FromOn).Select(season => new SeasonalRate(
            season.Name, season.FromOn, season.ToOn, new Money(season.PricePerNightMinorUnits, listing.Currency), season.MinNights))],
        new Money(listing.CleaningFeeMinorUnits, listing.Currency),
        new Money(listing.ExtraGuestFeeMinorUnits, listing.Currency),
        listing.IncludedGuests);
}
