using Microsoft.EntityFrameworkCore;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Outages)]
public sealed class ResetDemoDataTests(TravelGraph graph)
{
    [Fact]
    public async Task The_command_forgets_all_that_has_happened_and_begins_again_with_the_demo_data()
    {
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await using var db = await graph.DatabaseAsync();
        await db.Listings.Take(3).ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Title, "Something else"));

        await graph.ResetAsync();

        (await db.Bookings.AnyAsync(found => found.Id == booking.Id)).ShouldBeFalse();
        (await db.Listings.CountAsync()).ShouldBe(2000);
        (await db.Listings.CountAsync(listing => listing.Title == "Something else")).ShouldBe(0);
        using var again = await graph.GuestAsync();
        await again.BookedAsync(await graph.Stays.FreeAsync());
    }
}
