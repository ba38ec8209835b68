using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Reviews;

namespace Travel.Worker.Seeding;

internal sealed record DemoStay(Booking Booking, Occupancy Occupancy, IReadOnlyList<TimelineEntry> Timeline, DemoPayment? Payment, Review? Review);

/// <summary>
/// Who stayed and will stay where. Stays of one listing lie in slots of equal length and so never overlap. They are paid as their listing
/// says; those that are paid online have been.
/// </summary>
internal sealed class DemoStays(DemoCalendar calendar, IReadOnlyList<Guid> guests)
{
    private const int Past = 14_000;
    private const int Future = 6_000;
    private const int MostPastAtOneListing = 25;
    private const int MostFutureAtOneListing = 10;

    private static readonly BookingOptions Defaults = new();

    private readonly ReviewWriter reviews = new(calendar);
    private readonly Dictionary<Guid, List<(DateOnly CheckIn, DateOnly CheckOut)>> trips = [];

    /// <param name="handWritten">How many of the first listings stay free from today on, for whoever tries a booking by hand or in a test.</param>
    public IEnumerable<DemoStay> Plan(IReadOnlyList<Listing> listings, int handWritten)
    {
        var past = Share(Past, listings.Count, MostPastAtOneListing, "past stays");
        var future = Share(Future, listings.Count - handWritten, MostFutureAtOneListing, "future stays");
        for (var index = 0; index < listings.Count; index++)
        {
            foreach (var stay in StaysIn(calendar.PastStays, past[index], listings[index], BookingStatus.Completed))
            {
                yield return stay;
            }

            foreach (var stay in StaysIn(calendar.FutureStays, index < handWritten ? 0 : future[index - handWritten], listings[index], BookingStatus.Confirmed))
            {
                yield return stay;
            }
        }
    }

    /// <summary>Hands out <paramref name="total"/> by chance; some listings are in demand, some hardly, and each has a limit.</summary>
    private static int[] Share(int total, int listings, int most, string name)
    {
        var dice = new Dice(name);
        var limits = Enumerable.Range(0, listings).Select(_ => dice.Roll(most + 1)).ToArray();
        var shares = new int[listings];
        while (total > 0)
        {
            var listing = dice.Roll(listings);
            if (shares[listing] < limits[listing])
            {
                shares[listing]++;
                total--;
            }
        }

        return shares;
    }

    private IEnumerable<DemoStay> StaysIn((DateOnly From, DateOnly Until) period, int count, Listing listing, BookingStatus status)
    {
        var slot = count == 0 ? 0 : (period.Until.DayNumber - period.From.DayNumber) / count;
        for (var index = 0; index < count; index++)
        {
            var dice = new Dice($"stay {listing.Slug} {status} {index}");
            var nights = Math.Min(listing.MinNights + dice.Roll(5), Math.Min(listing.MaxNights, slot));
            var checkIn = period.From.AddDays((index * slot) + dice.Roll(slot - nights + 1));
            yield return Stay(listing, new StayRequest(checkIn, checkIn.AddDays(nights), 1 + dice.Roll(listing.MaxGuests)), status, dice);
        }
    }

    private DemoStay Stay(Listing listing, StayRequest stay, BookingStatus status, Dice dice)
    {
        var guest = GuestFor(stay, dice);
        var bookedAt = BookedAt(listing, stay, dice);
        var wanted = new NewBooking(
            dice.Id(bookedAt), ReferenceOf(dice), listing, guest, stay, QuoteStay.For(listing, stay, bookedAt), listing.PaymentMode);
        var (booking, payment) = Booked(wanted, listing, bookedAt, dice);
        if (status == BookingStatus.Completed)
        {
            booking.Complete(booking.CheckOutAt.ToUniversalTime());
        }

        // The same ids in every database; those of live ones are drawn by chance.
        var timeline = booking.Timeline
            .Select(entry => new TimelineEntry { Id = dice.Id(entry.At), BookingId = booking.Id, At = entry.At, Event = entry.Event, ActorId = entry.ActorId })
            .ToList();
        var occupancy = new Occupancy
        {
            Id = dice.Id(bookedAt),
            ListingId = listing.Id,
            OwnerId = booking.Id,
            Stay = Occupancy.Nights(stay.CheckIn, stay.CheckOut),
            Active = true,
        };
        return new DemoStay(booking, occupancy, timeline, payment, reviews.ReviewOf(booking, listing, timeline[^1].At));
    }

    /// <summary>The first guest from a random one on who is not somewhere else.</summary>
    private Guid GuestFor(StayRequest stay, Dice dice)
    {
        for (var place = dice.Roll(guests.Count); ; place = (place + 1) % guests.Count)
        {
            if (!trips.TryGetValue(guests[place], out var known))
            {
                trips[guests[place]] = known = [];
            }

            if (known.TrueForAll(trip => trip.CheckOut <= stay.CheckIn || stay.CheckOut <= trip.CheckIn))
            {
                known.Add((stay.CheckIn, stay.CheckOut));
                return guests[place];
            }
        }
    }

    /// <summary>Days or weeks ahead, before today and after Travel opened. Two days are left for a host to answer and a guest to pay in.</summary>
    private DateTimeOffset BookedAt(Listing listing, StayRequest stay, Dice dice)
    {
        var ahead = stay.CheckIn.AddDays(-2 - dice.Roll(60));
        var lately = calendar.AnchorOn.AddDays(-2 - dice.Roll(30));
        var latest = calendar.AnchorOn.AddDays(listing.PaymentMode == PaymentMode.Online ? -DemoPayments.DaysOld : 0);
        var day = Math.Max(calendar.OpenedOn.DayNumber, Math.Min(ahead.DayNumber, Math.Min(lately.DayNumber, latest.DayNumber)));
        return new DateTimeOffset(DateOnly.FromDayNumber(day), new TimeOnly(dice.Roll(24), dice.Roll(60), dice.Roll(60)), TimeSpan.Zero);
    }

    private static string ReferenceOf(Dice dice) => string.Create(BookingReference.Length, dice, (letters, dice) =>
    {
        foreach (ref var letter in letters)
        {
            letter = dice.Pick(BookingReference.Alphabet.ToCharArray());
        }
    });

    private static (Booking Booking, DemoPayment? Payment) Booked(NewBooking wanted, Listing listing, DateTimeOffset bookedAt, Dice dice)
    {
        if (listing.BookingMode == BookingMode.Instant)
        {
            return listing.PaymentMode == PaymentMode.OnArrival
                ? (Booking.Confirmed(wanted, bookedAt), null)
                : Paid(Booking.Held(wanted, bookedAt + Defaults.HoldFor, bookedAt), heldAt: bookedAt);
        }

        var booking = Booking.Requested(wanted, answerBy: bookedAt.AddDays(1), bookedAt);
        var acceptedAt = bookedAt + TimeSpan.FromMinutes(20 + dice.Roll(20 * 60));
        if (listing.PaymentMode == PaymentMode.OnArrival)
        {
            booking.Confirm(listing.HostId, acceptedAt);
            return (booking, null);
        }

        booking.Hold(listing.HostId, acceptedAt + Defaults.HoldAcceptedFor, acceptedAt);
        return Paid(booking, acceptedAt);
    }

    /// <summary>Within minutes, as those pay who have just booked.</summary>
    private static (Booking Booking, DemoPayment? Payment) Paid(Booking booking, DateTimeOffset heldAt)
    {
        var dice = new Dice("paying " + booking.Reference);
        var openedAt = heldAt + TimeSpan.FromSeconds(20 + dice.Roll(200));
        var paidAt = openedAt + TimeSpan.FromSeconds(30 + dice.Roll(400));
        booking.Pay(paidAt);
        return (booking, DemoPayments.Of(booking, openedAt, paidAt));
    }
}
