using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;

namespace Travel.Tests.Fixtures;

/// <summary>A stay that is paid online, with its attempts, straight in the database and as sound as the use cases would have left it.</summary>
internal sealed class OnlineStay
{
    private const string Mode = "test";
    private static int stays;
    private readonly TravelDbContext db;

    private OnlineStay(TravelDbContext db, Booking booking, DateTimeOffset bookedAt) => (this.db, Booking, BookedAt) = (db, booking, bookedAt);

    public Booking Booking { get; }

    public DateTimeOffset BookedAt { get; }

    public Money Total => Booking.Quote.Total;

    /// <summary>A hold that nobody has paid yet, and that does not end while a test runs.</summary>
    public static async Task<OnlineStay> HeldAsync(TravelDbContext db, DateTimeOffset bookedAt)
    {
        var place = await db.AddPlaceAsync(PaymentMode.Online);
        // Not under way while a test runs; nobody else stays there.
        var checkIn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(60 + Interlocked.Increment(ref stays));
        var wanted = NewBooking.At(place.Listing, place.Guest.Id, new StayRequest(checkIn, checkIn.AddDays(2), Guests: 1), bookedAt);
        var booking = Booking.Held(wanted, bookedAt.AddYears(1), bookedAt);
        db.Bookings.Add(booking);
        db.TakeNights(booking, bookedAt);
        await db.SaveChangesAsync();
        return new OnlineStay(db, booking, bookedAt);
    }

    /// <summary>The same, paid.</summary>
    public static async Task<(OnlineStay Stay, Payment Payment)> PaidAsync(TravelDbContext db, DateTimeOffset bookedAt)
    {
        var stay = await HeldAsync(db, bookedAt);
        var payment = await stay.AttemptAsync(opened: true);
        payment.Receive(Said(payment, payment.Amount), bookedAt.AddMinutes(1));
        db.LedgerEntries.Move(payment, refund: null, payment.Amount, LedgerAccount.Gateway, LedgerAccount.Stay, "received", bookedAt.AddMinutes(1));
        stay.Booking.Pay(bookedAt.AddMinutes(1));
        await db.SaveChangesAsync();
        return (stay, payment);
    }

    /// <summary>Money that nobody can place came for a hold.</summary>
    public static async Task<(OnlineStay Stay, Payment Payment)> MismatchedAsync(TravelDbContext db, DateTimeOffset bookedAt, Money received)
    {
        var stay = await HeldAsync(db, bookedAt);
        var payment = await stay.AttemptAsync(opened: true);
        payment.ReceiveOther(Said(payment, received), bookedAt.AddMinutes(1));
        db.LedgerEntries.Move(payment, refund: null, received, LedgerAccount.Gateway, LedgerAccount.Open, "mismatched", bookedAt.AddMinutes(1));
        await db.SaveChangesAsync();
        return (stay, payment);
    }

    /// <summary>Cancelled, and some of it was kept by the terms.</summary>
    public static async Task<(OnlineStay Stay, Payment Payment)> KeptAsync(TravelDbContext db, DateTimeOffset bookedAt, long kept)
    {
        var (stay, payment) = await PaidAsync(db, bookedAt);
        var fee = stay.Total with { MinorUnits = kept };
        stay.Booking.Cancel(stay.Booking.GuestId, reason: null, bookedAt.AddHours(1));
        await db.ReturnAsync(stay.Booking, new Settlement(stay.Total - fee, fee), RefundCause.Cancelled, stay.Booking.GuestId, bookedAt.AddHours(1), CancellationToken.None);
        await db.ReleaseNightsAsync(stay.Booking.ListingId, bookedAt.AddHours(1), CancellationToken.None, stay.Booking.Id);
        await db.SaveChangesAsync();
        return (stay, payment);
    }

    public async Task<Payment> AttemptAsync(bool opened = false, Action<Payment>? then = null)
    {
        var payment = Payment.For(Booking, change: null, Total, Mode, BookedAt);
        if (opened)
        {
            payment.Open(new Uri("http://127.0.0.1:9/checkout"));
        }

        then?.Invoke(payment);
        db.Payments.Add(payment);
        await db.SaveChangesAsync();
        return payment;
    }

    /// <summary>The payment came a second time, and goes back.</summary>
    public async Task<Refund> PaidTwiceAsync(Action<Refund>? then = null)
    {
        var at = BookedAt.AddHours(2);
        var payment = await AttemptAsync(opened: true);
        payment.Receive(Said(payment, payment.Amount), at);
        var refund = Refund.Of(payment, payment.Amount, RefundCause.PaidTwice, by: null, at);
        db.Refunds.Add(refund);
        db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Gateway, LedgerAccount.Refund, "paid-twice", at);
        Booking.PaymentReturned("paid-twice", at);
        then?.Invoke(refund);
        if (refund.State is RefundState.Refused or RefundState.Reversed)
        {
            db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Open, "refused", at);
        }

        await db.SaveChangesAsync();
        return refund;
    }

    /// <summary>The gateway will not make this refund: its money is open again.</summary>
    public static async Task RefuseAsync(TravelDbContext db, Guid refundId, DateTimeOffset now)
    {
        var refund = db.Refunds.Single(found => found.Id == refundId);
        refund.Refuse("Insufficient balance", now);
        db.LedgerEntries.Move(db.Payments.Single(found => found.Id == refund.PaymentId), refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Open, "refused", now);
        await db.SaveChangesAsync();
    }

    private static GatewayPayment Said(Payment payment, Money amount) =>
        new(GatewayPaymentStatus.Success, payment.TxRef, amount, Mode, Reference: $"AP{payment.Id:N}"[..16], Method: "telebirr");
}
