using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Web;

internal static class SitePages
{
    public const string Nowhere = "/there-is-no-such-page";

    /// <summary>Where a message goes that no queue wants.</summary>
    public const string Unwanted = "test.unwanted";

    /// <summary>An address of every page a guest can come to, with something on it.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(TravelGraph graph)
    {
        using var guest = await graph.GuestAsync();
        var slug = (await graph.Stays.ListingAsync()).Slug;
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        var free = await graph.Stays.FreeAsync();
        var (held, paid) = (await graph.HeldStayAsync(guest), await graph.HeldStayAsync(guest));
        await graph.PayAsync(guest, paid.Id);
        return
        [
            "/",
            "/stays",
            "/stays?q=atlantis",
            "/stays?q=house&minPrice=1&maxPrice=90000&amenities=wifi&amenities=kitchen&bedrooms=1&sort=price",
            "/stays?place=Addis%20Ababa%2C%20Ethiopia&sort=distance",
            "/stays?minPrice=cheap&amenities=helipad&type=castle&sort=distance",
            "/stays?checkIn=2020-01-02&checkOut=2020-01-01&guests=99",
            "/stays/" + slug,
            BookPage(slug, free),
            $"/stays/{slug}/book",
            BookPage(slug, free with { CheckOut = free.CheckIn }),
            $"/trips/{booking.Id}",
            $"/trips/{booking.Id}/change",
            $"/trips/{booking.Id}/cancel",
            $"/trips/{booking.Id}/early-departure",
            $"/trips/{held.Id}",
            $"/trips/{held.Id}/payment",
            $"/trips/{paid.Id}",
            $"/trips/{paid.Id}/payment",
            $"/trips/{paid.Id}/receipt",
            "/trips",
            "/trips?show=past",
            "/hosting/bookings",
            "/hosting/requests",
            "/account",
            "/account/security",
            "/account/data",
            Nowhere,
        ];
    }

    /// <summary>What only somebody who has places to let sees.</summary>
    public static async Task<IReadOnlyList<string>> ForHostsAsync(TravelGraph graph)
    {
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        var place = booking.Listing.Id;
        return
        [
            "/hosting",
            "/hosting/listings/new",
            $"/hosting/listings/{place}",
            $"/hosting/listings/{place}/photos",
            $"/hosting/listings/{place}/rates",
            $"/hosting/{place}/calendar",
            "/hosting/bookings",
            "/hosting/requests",
            "/hosting/earnings",
            "/hosting/earnings?from=2026-12-02&to=2026-12-01",
            $"/trips/{booking.Id}",
        ];
    }

    public static async Task<IReadOnlyList<string>> ForOperatorsAsync(TravelGraph graph)
    {
        await using var db = await graph.DatabaseAsync();
        var (stay, _) = await OnlineStay.MismatchedAsync(db, TimeProvider.System.GetUtcNow().AddDays(-1), new Money(100_000, Currencies.EthiopianBirr));
        var now = TimeProvider.System.GetUtcNow();
        await db.SuppressAsync($"{Guid.NewGuid():N}@example.org", SuppressionReason.Bounced, "550 5.1.1 nobody of that name", by: null, now, CancellationToken.None);
        var @operator = await db.Users.Where(user => user.Email == TravelGraph.OperatorEmail).Select(user => user.Id).SingleAsync();
        db.Errands.AddRange(SampleErrand.Running(@operator, now, new DateOnly(2021, 6, 1)), SampleErrand.Done(@operator, now));
        await db.SaveChangesAsync();
        var letter = DeadLetter.Of(
            Topology.QueueNames[0], new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = "booking.declined" }, """{"bookingId":"not there","note":"Sara"}"""u8.ToArray(), now);
        var refused = new OutboxMessage
        {
            Id = Guid.CreateVersion7(now), RoutingKey = Unwanted, Body = """{"note":"Sara"}""", CreatedAt = now, Attempts = 3, NotBefore = now.AddYears(1), LastError = "No queue wants it.",
        };
        db.Outbox.Add(refused);
        await db.SaveChangesAsync();
        await new RecordDeadLetter(db).ExecuteAsync(letter, CancellationToken.None);
        await new DropDeadLetter(db, TimeProvider.System).ExecuteAsync(letter.Id, Guid.NewGuid(), "It is of a test.", CancellationToken.None);
        var suspended = (await db.AddPlaceAsync()).Listing;
        await db.Listings.Where(listing => listing.Id == suspended.Id).ExecuteUpdateAsync(listing => listing
            .SetProperty(row => row.Status, ListingStatus.Archived).SetProperty(row => row.SuspendedAt, now).SetProperty(row => row.SuspendedBy, @operator)
            .SetProperty(row => row.SuspensionReason, "It is of a test."));
        return
        [
            "/operations/queues",
            "/operations/queues?hours=24",
            "/operations/cache",
            "/operations/cache?hours=24",
            "/operations/outbox",
            $"/operations/outbox/{refused.Id}",
            "/operations/dead-letters",
            "/operations/dead-letters?state=dropped",
            "/operations/dead-letters?state=nonsense",
            $"/operations/dead-letters/{letter.Id}",
            "/operations/mails",
            "/operations/mails?status=withheld&booking=7KDM4QXR&recipient=nobody@example.org",
            "/operations/mails?booking=x",
            "/operations/mails/suppressions",
            "/operations/jobs",
            "/operations/jobs/heartbeat",
            "/operations/errands",
            "/operations/payments",
            "/operations/reports",
            "/operations/bookings",
            $"/operations/bookings?reference={stay.Booking.Reference}",
            $"/operations/bookings/{stay.Booking.Id}",
            "/operations/listings",
            "/operations/listings?q=house&status=published&suspended=false",
            "/operations/listings?q=x&status=nonsense",
            $"/operations/listings/{stay.Booking.ListingId}",
            $"/operations/listings/{suspended.Id}",
            "/operations/guests",
            "/operations/users",
            "/operations/users?q=demo&role=host",
            "/operations/users?q=x",
            "/operations/invariants",
            "/operations/audit",
        ];
    }

    /// <summary>What only somebody who is not signed in has to do with.</summary>
    public static IReadOnlyList<string> ForStrangers { get; } =
    [
        "/sign-in", "/sign-in?done=verified", "/register", "/register/sent", "/verify-address?token=x", "/forgot-password", "/reset-password?token=x", "/goodbye",
        "/unsubscribe?token=x",
    ];

    public static string BookPage(string slug, BookStayRequest stay) =>
        $"/stays/{slug}/book?checkIn={Iso(stay.CheckIn)}&checkOut={Iso(stay.CheckOut)}&guests={stay.Guests}";

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
