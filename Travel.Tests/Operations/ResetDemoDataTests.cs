using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

public sealed class ResetDemoDataTests
{
    // A graph of its own: nobody else's bookings and accounts are to go.
    [Fact]
    public async Task The_command_forgets_all_that_has_happened_and_begins_again_with_the_demo_data()
    {
        var graph = new TravelGraph();
        try
        {
            await graph.InitializeAsync();
            using var guest = await graph.GuestAsync();
            await guest.BookedAsync(await graph.Stays.FreeAsync());
            await using var db = await graph.DatabaseAsync();
            var listings = await db.Listings.CountAsync();
            await db.Listings.Take(3).ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Title, "Something else"));
            var bookings = await db.Bookings.CountAsync();

            var result = await graph.CommandAsync(ResourceNames.Database, DevelopmentCommands.ResetDemoData);

            result.Success.ShouldBeTrue(result.Message);
            (await db.Bookings.CountAsync()).ShouldBe(bookings - 1);
            (await db.Listings.CountAsync()).ShouldBe(listings);
            (await db.Listings.CountAsync(listing => listing.Title == "Something else")).ShouldBe(0);
            using var again = await graph.GuestAgainAsync();
            await again.BookedAsync(await graph.Stays.FreeAsync());
        }
        finally
        {
            await graph.DisposeAsync();
        }
    }
}
