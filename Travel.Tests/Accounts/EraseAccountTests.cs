using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Idempotency;
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
        await RememberAsync(account);
        await MailAsync(account.Id, lastError: $"No such mailbox: {account.SignIn.Email}");
        using var owner = await graph.SignedInAsync(account.SignIn);
        owner.DefaultRequestHeaders.UserAgent.ParseAdd("SaraPhone/1");
        await owner.SignInAsync(account.SignIn).SessionAsync();
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
        (await db.SuppressedAddresses.AnyAsync(suppressed => suppressed.Address == EmailAddresses.Normalize(account.SignIn.Email))).ShouldBeFalse();
        foreach (var table in new[] { "users", "sessions", "account_tokens", "bookings", "mails", "idempotency_keys" })
        {
            var theirs = "SELECT t::text AS \"Value\" FROM " + table + " t WHERE t::text LIKE '%' || {0} || '%'";
            var rows = await db.Database.SqlQueryRaw<string>(theirs, account.Id.ToString()).ToListAsync();
            (rows.Count > 0).ShouldBe(table is not ("account_tokens" or "idempotency_keys"), table);
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
        await ShowAsync(place.Id);
        var coming = await graph.StayedAsync(place, guest.Id, Soon);
        using var owner = await graph.SignedInAsync(host.SignIn);

        using var refused = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(host.SignIn.Password));
        await using var db = await graph.DatabaseAsync();
        await db.Bookings.Where(booking => booking.Id == coming.Id).ExecuteUpdateAsync(
            booking => booking.SetProperty(row => row.Status, BookingStatus.Cancelled));
        using var erased = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(host.SignIn.Password));

        await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "guests-to-come");
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var left = await db.Listings.AsNoTracking().Include(listing => listing.Photos).Include(listing => listing.Seasons).SingleAsync(listing => listing.Id == place.Id);
        (left.Status, left.Version).ShouldBe((ListingStatus.Archived, place.Version + 1));
        (left.Title, left.City, left.Country, left.Description).ShouldBe((place.Title, place.City, place.Country, ""));
        (left.Latitude, left.Longitude).ShouldBe((11.59, 37.39));
        left.Photos.ShouldBeEmpty();
        left.Seasons.ShouldBeEmpty();
        (await db.HostBlocks.SingleAsync(block => block.ListingId == place.Id)).Note.ShouldBeNull();
        (await db.CalendarImports.AnyAsync(import => import.ListingId == place.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_that_nobody_ever_booked_goes_with_its_host_and_its_photos_with_it()
    {
        var host = await graph.OwnAccountAsync(Role.Host);
        using var owner = await graph.SignedInAsync(host.SignIn);
        var place = await owner.DraftAsync(Hosts.Listing());
        using (var added = await owner.AddPhotoAsync(place.Id, Pictures.Png(4, 3)))
        {
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        }

        await using var db = await graph.DatabaseAsync();
        var photo = await db.Photos.AsNoTracking().SingleAsync(row => row.ListingId == place.Id);
        using var nobody = graph.Visitor();
        (await nobody.GetAsync($"/api/v1/photos/{photo.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await FillAsync(place.Id);

        using var erased = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(host.SignIn.Password));

        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent, await erased.Content.ReadAsStringAsync());
        (await db.Listings.AnyAsync(listing => listing.HostId == host.Id)).ShouldBeFalse();
        (await nobody.GetAsync($"/api/v1/photos/{photo.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_somebody_wrote_into_histories_of_bookings_goes_and_that_it_happened_stays()
    {
        var host = await graph.OwnAccountAsync(Role.Host);
        var guest = await graph.OwnAccountAsync();
        var booking = await graph.StayedAsync(await graph.DraftAsync(host.Id), guest.Id, LongAgo);
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        db.Timeline.AddRange(
            TimelineEntry.Of(booking.Id, "changed", guest.Id, "the stay before", now),
            TimelineEntry.Of(booking.Id, "cancelled", guest.Id, "My mother is ill.", now.AddSeconds(1)),
            TimelineEntry.Of(booking.Id, "declined", host.Id, "The roof leaks.", now.AddSeconds(2)));
        await db.SaveChangesAsync();
        using var owner = await graph.SignedInAsync(guest.SignIn);

        using var erased = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(guest.SignIn.Password));

        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var history = await db.Timeline.AsNoTracking().Where(entry => entry.BookingId == booking.Id && entry.Event != "confirmed").OrderBy(entry => entry.At).ToListAsync();
        history.Select(entry => (entry.Event, entry.Reason)).ShouldBe([("changed", "the stay before"), ("cancelled", null), ("declined", "The roof leaks.")]);
    }

    [Fact]
    public async Task The_database_holds_no_erased_account_with_an_address()
    {
        var account = await graph.OwnAccountAsync();
        await using var db = await graph.DatabaseAsync();

        await Should.ThrowAsync<Npgsql.PostgresException>(() => db.Users.Where(user => user.Id == account.Id)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.ErasedAt, TimeProvider.System.GetUtcNow())));
    }

    /// <summary>Of each kind of row that refers to a listing one.</summary>
    private async Task FillAsync(Guid listingId)
    {
        var now = TimeProvider.System.GetUtcNow();
        var block = new HostBlock { Id = Guid.CreateVersion7(), ListingId = listingId, FromOn = new(2030, 1, 1), ToOn = new(2030, 1, 3), CreatedAt = now };
        var import = new CalendarImport
        {
            Id = Guid.CreateVersion7(), ListingId = listingId, Name = "Elsewhere", Url = "https://elsewhere.example/c.ics", CreatedAt = now, DueAt = now.AddYears(10), Notes = [],
        };
        await using var db = await graph.DatabaseAsync();
        db.AddRange(
            block,
            import,
            new ImportedEvent { Id = Guid.CreateVersion7(), ImportId = import.Id, Uid = "1", FromOn = new(2030, 2, 1), ToOn = new(2030, 2, 3) },
            new CalendarToken { ListingId = listingId, TokenHash = new byte[32], IssuedAt = now },
            Occupancy.For(block.Id, listingId, block.FromOn, block.ToOn, now),
            Occupancy.For(import.Id, listingId, new(2030, 2, 1), new(2030, 2, 3), now));
        await db.SaveChangesAsync();
        await ShowAsync(listingId);
    }

    /// <summary>A price for some nights, and a photo more than there is.</summary>
    private async Task ShowAsync(Guid listingId)
    {
        await using var db = await graph.DatabaseAsync();
        db.AddRange(
            new Season { Id = Guid.CreateVersion7(), ListingId = listingId, Name = "My birthday", FromOn = new(2030, 1, 1), ToOn = new(2030, 2, 1), PricePerNightMinorUnits = 1 },
            new Photo
            {
                Id = Guid.CreateVersion7(), ListingId = listingId, Position = 1, Caption = "My garden", MediaType = "image/png", Width = 4, Height = 3, SizeBytes = 100,
                CreatedAt = TimeProvider.System.GetUtcNow(),
            });
        await db.SaveChangesAsync();
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

    /// <summary>What they were answered, and a link they were sent.</summary>
    private async Task RememberAsync(Account account)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == account.Id);
        db.AccountTokens.Add(AccountToken.Issue(user, AccountTokenPurpose.ResetPassword, TimeSpan.FromHours(1), now).Row);
        db.IdempotencyKeys.Add(new IdempotencyKey { CallerId = account.Id, Key = "key", RequestHash = new byte[32], Response = """{"guestName":"Sara"}""", CreatedAt = now });
        await db.SaveChangesAsync();
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
        var address = await db.Users.Where(user => user.Id == recipientId).Select(user => user.Email!).SingleAsync();
        await db.SuppressAsync(address, SuppressionReason.Bounced, lastError, by: null, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await db.SaveChangesAsync();
    }
}
