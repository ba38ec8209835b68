using Travel.Contracts.Availability;
using Travel.Domain.Availability.Importing;

namespace Travel.Tests.Fixtures;

/// <summary>Calendars elsewhere that say what a test has them say, without a network: everything after the download is as it always is.</summary>
internal static class Imports
{
    public static CalendarImport ImportOf(this Place place, string url, DateTimeOffset dueAt) => new()
    {
        Id = Guid.CreateVersion7(dueAt), ListingId = place.Id, Name = "Elsewhere", Url = url, CreatedAt = dueAt, DueAt = dueAt, Notes = [],
    };

    public static Task<Guid> ImportAsync(this BookingHouse house, Place place, string url = "https://elsewhere.example/stays.ics") =>
        house.AskAsync(async db =>
        {
            var import = place.ImportOf(url, house.Clock.Now);
            db.CalendarImports.Add(import);
            await db.SaveChangesAsync();
            return import.Id;
        });

    /// <returns>False when it was not yet time to look again.</returns>
    public static Task<bool> TryImportedAsync(this BookingHouse house, Place place, Guid import, params NightRange[] nights) =>
        house.DoAsync(async (RefreshImport refresh) =>
            await refresh.ClaimAsync(place.Id, import, CancellationToken.None) is { } claimed
            && await refresh.TakeOverAsync(claimed, new CalendarDownloadOutcome.Fetched(CalendarServer.CalendarOf(nights)), CancellationToken.None));

    /// <summary>The import says these nights are taken, counted from <see cref="BookingHouse.Today"/>.</summary>
    public static async Task ImportedAsync(this BookingHouse house, Place place, Guid import, params (int From, int Nights)[] nights)
    {
        house.Clock.Pass(new ImportOptions().RefreshNowEvery);
        (await house.TryImportedAsync(place, import, [.. nights.Select(stay => BookingHouse.NightsFrom(stay.From, stay.Nights))])).ShouldBeTrue();
    }
}
