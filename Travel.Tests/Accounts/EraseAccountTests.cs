using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Domain.Mail;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class EraseAccountTests(TravelGraph graph)
{
    private const int LongAgo = -100;
    private const int Soon = 10;

    [Fact]
    public async Task Nothing_says_any_more_who_it_was_and_what_they_booked_and_wrote_stays()
    {
        var account = await graph.OwnAccountAsync();
        var host = await graph.OwnAccountAsync(Role.Host);
        var place = await graph.DraftAsync(host.Id);
        var booking = await graph.StayedAsync(place, account.Id, LongAgo, note: "My name is Sara.");
        var review = await ReviewAsync(booking.Id, place.Id, account.Id);
        await MailAsync(account.Id, lastError: $"No such mailbox: {account.SignIn.Email}");
        using var owner = await graph.SignedInAsync(account.SignIn);
        await owner.PutJsonAsync("/api/v1/me", new UpdateMeRequest("Sara Bekele", "+251911234567")).ReadAsync<MeResponse>();

        using var wrong = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest("wrong"));
        using var erased = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(account.SignIn.Password));

        await wrong.ShouldBeInvalidAsync("password");
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await owner.SignInAsync(account.SignIn)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await using var db = await graph.DatabaseAsync();
        (await db.Users.SingleAsync(user => user.Id == account.Id)).DisplayName.ShouldBe("Former guest");
        (await db.Bookings.SingleAsync(row => row.Id == booking.Id)).Note.ShouldBeNull();
        (await db.Reviews.SingleAsync(row => row.Id == review)).Text.ShouldBe("A good place.");
        (await db.Timeline.CountAsync(entry => entry.BookingId == booking.Id)).ShouldBe(1);
        foreach (var table in new[] { "users", "sessions", "account_tokens", "bookings", "mails", "idempotency_keys" })
        {
            var theirs = "SELECT t::text AS \"Value\" FROM " + table + " t WHERE t::text LIKE '%' || {0} || '%'";
            var rows = await db.Database.SqlQueryRaw<string>(theirs, account.Id.ToString()).ToListAsync();
            rows.ShouldAllBe(row => !row.Contains(account.SignIn.Email, StringComparison.OrdinalIgnoreCase) && !row.Contains("Sara") && !row.Contains("251911234567"));
        }
    }

    [Fact]
    public async Task The_address_can_be_registered_anew()
    {
        var account = await graph.OwnAccountAsync();
        using var owner = await graph.SignedInAsync(account.SignIn);
        (await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(account.SignIn.Password))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using var answer = await owner.PostJsonAsync("/api/v1/accounts", new RegisterRequest(account.SignIn.Email, "correct horse", "Sara"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await graph.Mailbox.WaitForMailToAsync(account.SignIn.Email, "Confirm your address");
    }

    [Fact]
    public async Task Who_has_a_stay_to_come_stays()
    {
        var account = await graph.OwnAccountAsync();
        var host = await graph.OwnAccountAsync(Role.Host);
        await graph.StayedAsync(await graph.DraftAsync(host.Id), account.Id, Soon);
        using var guest = await graph.SignedInAsync(account.SignIn);

        using var refused = await guest.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(account.SignIn.Password));

        await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "stays-to-come");
        (await guest.GetAsync("/api/v1/me").ReadAsync<MeResponse>()).Email.ShouldBe(account.SignIn.Email);
    }

    [Fact]
    public async Task Who_expects_guests_stays_and_whose_guests_have_left_takes_the_listings_along()
    {
        var host = await graph.OwnAccountAsync(Role.Host);
        var guest = await graph.OwnAccountAsync();
        var place = await graph.DraftAsync(host.Id);
        await graph.KeepAsync(place, "My aunt comes.", "https://elsewhere.example/calendar.ics");
        var coming = await graph.StayedAsync(place, guest.Id, Soon);
        using var owner = await graph.SignedInAsync(host.SignIn);

        using var refused = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(host.SignIn.Password));
        await using var db = await graph.DatabaseAsync();
        await db.Bookings.Where(booking => booking.Id == coming.Id).ExecuteUpdateAsync(
            booking => booking.SetProperty(row => row.Status, BookingStatus.Cancelled));
        using var erased = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(host.SignIn.Password));

        await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "guests-to-come");
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var left = await db.Listings.AsNoTracking().SingleAsync(listing => listing.Id == place.Id);
        (left.Status, left.Version).ShouldBe((ListingStatus.Archived, place.Version + 1));
        (await db.HostBlocks.SingleAsync(block => block.ListingId == place.Id)).Note.ShouldBeNull();
        (await db.CalendarImports.AnyAsync(import => import.ListingId == place.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_database_holds_no_erased_account_with_an_address()
    {
        var account = await graph.OwnAccountAsync();
        await using var db = await graph.DatabaseAsync();

        await Should.ThrowAsync<Npgsql.PostgresException>(() => db.Users.Where(user => user.Id == account.Id)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.ErasedAt, TimeProvider.System.GetUtcNow())));
    }

    private async Task<Guid> ReviewAsync(Guid bookingId, Guid listingId, Guid guestId)
    {
        var review = new Review
        {
            Id = Guid.CreateVersion7(),
            BookingId = bookingId,
            ListingId = listingId,
            GuestId = guestId,
            Rating = 5,
            Text = "A good place.",
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await using var db = await graph.DatabaseAsync();
        db.Reviews.Add(review);
        await db.SaveChangesAsync();
        return review.Id;
    }

    private async Task MailAsync(Guid recipientId, string lastError)
    {
        await using var db = await graph.DatabaseAsync();
        db.Mails.Add(new MailMessage
        {
            Id = Guid.CreateVersion7(),
            EventId = Guid.NewGuid(),
            Kind = "booking-confirmed",
            RecipientId = recipientId,
            Status = MailStatus.Failed,
            Attempts = 6,
            LastError = lastError,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }
}
