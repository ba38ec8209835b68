using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;
using GatewayPayment = Travel.PaymentSandbox.Transactions.Payment;
using Payment = Travel.Domain.Payments.Payment;
using RefundProgress = Travel.PaymentSandbox.Refunds.RefundProgress;
using WebhookSignature = Travel.Domain.Payments.Chapa.WebhookSignature;

namespace Travel.Tests.Fixtures;

/// <summary>
/// The use cases of bookings and payments on a database and a gateway of their own, with a clock that is set. The gateway tells nobody
/// anything: webhooks, callbacks and guests who come back are the test's, in the order that it wants.
/// </summary>
internal sealed class PaymentHouse : IAsyncDisposable
{
    /// <summary>The worst that a gateway may be without being asked to: its word never comes, and a page that was closed can be paid.</summary>
    internal static readonly FaultSet Silent = new() { CallbackLost = true, CancelIgnored = true };

    private PaymentHouse(BookingHouse bookings, SandboxHost gateway) => (Bookings, Gateway) = (bookings, gateway);

    internal BookingHouse Bookings { get; }

    internal SandboxHost Gateway { get; }

    internal SetClock Clock => Bookings.Clock;

    public static async Task<PaymentHouse> OpenAsync(DatabaseServer server)
    {
        var gateway = await SandboxHost.StartAsync(new(StringComparer.Ordinal) { ["WebhookAddress"] = null, ["RefundTakes"] = "00:00:00" });
        var bookings = new BookingHouse(server);
        bookings.Settings["Chapa:Address"] = new Uri(gateway.Address, "/v1").AbsoluteUri;
        bookings.Settings["Chapa:SecretKey"] = SandboxHost.SecretKey;
        bookings.Settings["Chapa:WebhookSecret"] = SandboxHost.WebhookSecret;
        bookings.Settings["Chapa:WebAddress"] = "http://web.test";
        bookings.Settings["Chapa:ApiAddress"] = "http://api.test";
        await bookings.InitializeAsync();
        var house = new PaymentHouse(bookings, gateway);
        house.Play(txRef: null, Silent);
        return house;
    }

    /// <summary>With a stay of two nights that its guest has not paid yet.</summary>
    public static async Task<(PaymentHouse House, Place Place, Guid Booking)> WithHeldStayAsync(DatabaseServer server)
    {
        var house = await OpenAsync(server);
        var place = await house.Bookings.PlaceAsync(PaymentMode.Online);
        return (house, place, (await house.StayAsync(place, 30, paid: false)).Id);
    }

    public async ValueTask DisposeAsync()
    {
        await Bookings.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    internal void Play(string? txRef, FaultSet faults) => Gateway.Part<FaultBook>().Set(txRef, faults);

    internal Task<PayBookingOutcome> TryPayAsync(Place place, Guid booking, string? key = null) =>
        Bookings.DoAsync((PayBooking pay) => pay.ExecuteAsync(new Caller(place.Guest.Id), booking, key ?? Guid.NewGuid().ToString(), CancellationToken.None));

    /// <summary>Goes to pay what is due.</summary>
    /// <returns>The reference of the attempt, whose page is open.</returns>
    internal async Task<string> OpenPageAsync(Place place, Guid booking) =>
        (await TryPayAsync(place, booking)).ShouldBeOfType<PayBookingOutcome.Opened>().TxRef;

    /// <summary>What the guest does on the page.</summary>
    internal void PayOnPage(string txRef, bool succeeds = true) => Gateway.Part<PayTransaction>().Pay(
        txRef, new GatewayPayment("telebirr", succeeds ? SandboxHost.Good : SandboxHost.Bad, succeeds ? null : "Insufficient balance"), out _);

    internal Transaction? AtGateway(string txRef) => Gateway.Part<TransactionBook>().Find(txRef);

    /// <summary>A webhook comes in, and whoever looks into what came in does.</summary>
    /// <param name="secret">Of whoever signs it; the gateway's own when null.</param>
    /// <returns>Whether it was taken for new.</returns>
    internal async Task<bool> HearAsync(string txRef, bool saysPaid, string? secret = null)
    {
        var (@event, status) = saysPaid ? ("charge.success", "success") : ("charge.failed/cancelled", "failed/cancelled");
        var body = Encoding.UTF8.GetBytes($$"""{"event":"{{@event}}","status":"{{status}}","reference":"AP-{{txRef}}","tx_ref":"{{txRef}}"}""");
        if (!WebhookSignature.IsOf(body, WebhookSignature.Of(body, secret ?? SandboxHost.WebhookSecret), SandboxHost.WebhookSecret))
        {
            return false;
        }

        var notice = new GatewayNotice
        {
            Id = Guid.NewGuid(), TxRef = txRef, Reference = $"AP-{txRef}", Event = @event, Status = status, Body = Encoding.UTF8.GetString(body), ReceivedAt = Clock.Now,
        };
        if (await Bookings.DoAsync((NotePaymentNotice note) => note.ExecuteAsync(notice, CancellationToken.None)) != NoticeOutcome.Kept)
        {
            return false;
        }

        await Bookings.DoAsync((SettlePayment settle) => settle.ExecuteAsync(txRef, saysPaid ? PaymentWord.Webhook : PaymentWord.None, CancellationToken.None));
        return true;
    }

    /// <summary>The guest comes back, or the callback comes.</summary>
    internal Task<PaymentState?> LookAsync(string txRef) => Bookings.DoAsync((LookIntoPayment look) => look.ExecuteAsync(txRef, CancellationToken.None));

    internal Task<int> ReconcileAsync() => Bookings.DoAsync((ReconcilePayments reconcile) => reconcile.ExecuteAsync(CancellationToken.None));

    /// <summary>The time to ask about what is still asked about is now.</summary>
    internal Task<int> MakeDueAsync(Guid booking) => Bookings.AskAsync(db => db.Payments.Where(payment => payment.BookingId == booking && payment.NextCheckAt != null)
        .ExecuteUpdateAsync(payment => payment.SetProperty(row => row.NextCheckAt, Clock.Now)));

    internal Task<BookingOutcome> CancelAsync(Place place, Guid booking) => Bookings.DoAsync(async (CancelBooking cancel) =>
    {
        var guest = new Caller(place.Guest.Id);
        var (preview, refusal) = await cancel.PreviewAsync(guest, booking, CancellationToken.None);
        return refusal ?? await cancel.ExecuteAsync(guest, booking, preview!.Refund, reason: null, CancellationToken.None);
    });

    /// <summary>A stay of two nights that is held, or one that is paid, its ledger and all.</summary>
    internal async Task<BookingResponse> StayAsync(Place place, int fromToday, bool paid)
    {
        var held = await Bookings.BookAsync(place, fromToday, 2);
        if (paid)
        {
            var txRef = await OpenPageAsync(place, held.Id);
            PayOnPage(txRef);
            (await LookAsync(txRef)).ShouldBe(PaymentState.Paid);
        }

        return held;
    }

    /// <summary>Time goes by until nobody asks about anything any more: the reconciler now and when its watch is over, the sweeps, all refunds.</summary>
    internal async Task GoOnUntilAllIsDoneAsync(Guid booking)
    {
        await MakeDueAsync(booking);
        await ReconcileAsync();
        Clock.Pass(Payment.Watch + TimeSpan.FromHours(1));
        await ReconcileAsync();
        await Bookings.DoAsync((ExpireHolds expire) => expire.ExecuteAsync(CancellationToken.None));
        await Bookings.DoAsync((ExpireChanges expire) => expire.ExecuteAsync(CancellationToken.None));
        (await Bookings.AskAsync(db => db.Payments.CountAsync(payment => payment.BookingId == booking && payment.NextCheckAt != null))).ShouldBe(0);
        await SendRefundsAsync();
    }

    /// <summary>All that are due, to their end.</summary>
    internal async Task SendRefundsAsync()
    {
        while (await Bookings.AskAsync(db => db.Refunds.Where(refund => refund.DueAt != null).MinAsync(refund => refund.DueAt)) is { } dueAt)
        {
            Gateway.Part<RefundProgress>().GoOn();
            Clock.Now = dueAt > Clock.Now ? dueAt : Clock.Now;
            await Bookings.DoAsync((SendRefunds send) => send.ExecuteAsync(CancellationToken.None));
        }
    }
}
