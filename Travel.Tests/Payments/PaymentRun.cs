using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Payments;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

/// <summary>One guest who pays while somebody dies at one step, and asks again as long as nobody answers.</summary>
internal sealed class PaymentRun
{
    private static readonly TimeSpan Slowly = TimeSpan.FromSeconds(3);

    /// <summary>Longer than a dead process's lease on an attempt, and than the claim on a refund.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TravelGraph graph;
    private readonly Place place;
    private readonly HttpClient guest;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private PaymentRun(TravelGraph graph, PaymentStep step, string victim, Place place, HttpClient guest, Guid booking) =>
        (this.graph, Step, Victim, this.place, this.guest, BookingId) = (graph, step, victim, place, guest, booking);

    public PaymentStep Step { get; }

    public string Victim { get; }

    public Guid BookingId { get; }

    public TimeSpan Took { get; private set; }

    public bool IsCancelled => Step >= PaymentStep.RefundDue;

    /// <summary>That is sent however soon somebody cancels: what a cancelled stay was before, nobody is told any more.</summary>
    public string LastMail => IsCancelled ? "booking-cancelled" : "booking-confirmed";

    public static async Task<PaymentRun> BeginAsync(TravelGraph graph, PaymentStep step, string victim)
    {
        await using var db = await graph.DatabaseAsync();
        var anywhere = await db.AddPlaceAsync(PaymentMode.Online);
        var anybody = await graph.GuestAsync();
        return new PaymentRun(graph, step, victim, anywhere, anybody, (await anybody.HeldStayAsync(anywhere)).Id);
    }

    public async Task GoAsync()
    {
        await DieAtAsync(PaymentStep.Held);
        var checkout = await OpenPageAsync();
        await DieAtAsync(PaymentStep.PageOpen);
        await PayAsync(checkout.TxRef);
        await BookingIsAsync(BookingStatus.Confirmed);
        await DieAtAsync(PaymentStep.Confirmed);
        if (IsCancelled)
        {
            await CancelAsync(checkout.TxRef);
        }

        Took = watch.Elapsed;
    }

    /// <summary>When nobody dies any more, all comes to its end.</summary>
    public async Task EndAsync()
    {
        if (IsCancelled)
        {
            await Eventually.GetAsync(PaymentAsync, payment => payment?.Status is PaymentStatus.Refunded, Patience, $"the refund after {Victim} was killed at {Step}");
        }

        await using var db = await graph.DatabaseAsync();
        await Eventually.GetAsync(
            () => db.Mails.AsNoTracking().Where(mail => mail.BookingId == BookingId && mail.Kind == LastMail)
                .Select(mail => new { mail.Status, mail.Attempts, mail.LeasedUntil, mail.LastError }).SingleOrDefaultAsync(),
            mail => mail?.Status == MailStatus.Sent,
            Patience,
            $"the mail after {Victim} was killed at {Step}");
        guest.Dispose();
    }

    /// <summary>What the gateway has in its own books, in minor units.</summary>
    public async Task<long> RefundedAtGatewayAsync(IEnumerable<Payment> payments)
    {
        var sum = 0m;
        foreach (var payment in payments.Where(payment => payment.State == PaymentState.Paid))
        {
            sum += (await graph.AtGatewayAsync(payment.TxRef)).Refunds.Sum(refund => refund.Amount);
        }

        return (long)(sum * 100);
    }

    private async Task<CheckoutResponse> OpenPageAsync()
    {
        var key = Guid.NewGuid().ToString();
        if (Step is not (PaymentStep.Opening or PaymentStep.NotingPage))
        {
            return await AskUntilOpenAsync(key);
        }

        await graph.PlayAsync(new FaultSet { InitializeDelay = Slowly });
        var opening = AskUntilOpenAsync(key);
        await using var db = await graph.DatabaseAsync();
        await Eventually.GetAsync(() => db.Payments.CountAsync(payment => payment.BookingId == BookingId), count => count > 0, Patience, "the attempt");
        await DieWhereAsync(PaymentStep.NotingPage, db);
        await graph.PlayAsync(FaultSet.None);
        return await opening;
    }

    private async Task PayAsync(string txRef)
    {
        switch (Step)
        {
            case PaymentStep.Paid:
                await graph.PayAtGatewayAsync(txRef);
                await DieAsync();
                break;
            case PaymentStep.Asking:
                await graph.PlayAsync(new FaultSet { VerifyDelay = Slowly }, txRef);
                await graph.PayAtGatewayAsync(txRef);
                await using (var db = await graph.DatabaseAsync())
                {
                    await Eventually.GetAsync(() => db.GatewayNotices.CountAsync(notice => notice.TxRef == txRef), count => count > 0, Patience, "the webhook");
                }

                await DieAsync();
                await graph.PlayAsync(FaultSet.None, txRef);
                break;
            case PaymentStep.Settling:
                await using (var db = await graph.DatabaseAsync())
                {
                    await using var held = await HeldListing.TakeAsync(db, place.Id);
                    await graph.PayAtGatewayAsync(txRef);
                    await held.WaitingAsync(Patience);
                    await DieAsync(held);
                }

                break;
            default:
                await graph.PayAtGatewayAsync(txRef);
                break;
        }
    }

    private async Task CancelAsync(string txRef)
    {
        if (Step is not PaymentStep.RefundDue)
        {
            await graph.PlayAsync(new FaultSet { RefundDelay = Slowly }, txRef);
        }

        await guest.CancelAsPreviewedAsync(BookingId);
        await DieAtAsync(PaymentStep.RefundDue);
        if (Step is PaymentStep.RefundDue)
        {
            return;
        }

        await using var db = await graph.DatabaseAsync();
        await Eventually.GetAsync(async () => (await graph.AtGatewayAsync(txRef)).Refunds.Count, count => count > 0, Patience, "the refund at the gateway");
        await DieWhereAsync(PaymentStep.NotingRefund, db);
        await graph.PlayAsync(FaultSet.None, txRef);
    }

    private Task DieAtAsync(PaymentStep step) => Step == step ? DieAsync() : Task.CompletedTask;

    /// <summary>At once; or, at the step after, when the answer has come and waits for its turn.</summary>
    private async Task DieWhereAsync(PaymentStep noting, TravelDbContext db)
    {
        if (Step != noting)
        {
            await DieAsync();
            return;
        }

        await using var held = await HeldListing.TakeAsync(db, place.Id);
        await held.WaitingAsync(Patience);
        await DieAsync(held);
    }

    private async Task DieAsync(HeldListing? held = null)
    {
        try
        {
            await graph.KillAsync(Victim);
            if (held is not null)
            {
                await held.DisposeAsync();
            }
        }
        finally
        {
            await graph.StartAsync(Victim);
        }
    }

    /// <summary>As a client should: the same request with the same key, as long as nobody answers it.</summary>
    private async Task<CheckoutResponse> AskUntilOpenAsync(string key) => (await Eventually.GetAsync(
        async () =>
        {
            using var answer = await AnswerAsync(() => guest.TryCheckoutAsync(BookingId, key));
            return answer?.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<CheckoutResponse>(TravelJson.Options) : null;
        },
        checkout => checkout is not null,
        Patience,
        $"A page to pay on after {Victim} was killed at {Step}"))!;

    private Task<BookingResponse?> BookingIsAsync(BookingStatus status) => Eventually.GetAsync(
        () => ReadAsync<BookingResponse>($"/api/v1/bookings/{BookingId}"),
        booking => booking?.Status == status,
        Patience,
        string.Create(CultureInfo.InvariantCulture, $"A booking that is {status} after {Victim} was killed at {Step}"));

    private Task<BookingPayment?> PaymentAsync() => ReadAsync<BookingPayment>($"/api/v1/bookings/{BookingId}/payment");

    private async Task<T?> ReadAsync<T>(string path)
        where T : class
    {
        using var answer = await AnswerAsync(() => guest.GetAsync(new Uri(path, UriKind.Relative)));
        return answer?.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<T>(TravelJson.Options) : null;
    }

    /// <returns>Null when there was none: whoever was to answer has died.</returns>
    private static async Task<HttpResponseMessage?> AnswerAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
