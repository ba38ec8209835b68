using Microsoft.EntityFrameworkCore;
using Travel.Api.Payments;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.PaymentSandbox.Refunds;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Orders;

/// <summary>Lives one life of a payment in a house, at a place of its own, and looks what has come of it.</summary>
internal sealed class PaymentLife
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(6);

    private readonly PaymentHouse house;
    private readonly PaymentOrder order;
    private readonly Place place;
    private readonly BookingResponse booking;
    private readonly List<string> attempts = [];
    private readonly int day;
    private int come;

    private PaymentLife(PaymentHouse house, PaymentOrder order, Place place, BookingResponse booking, int day) =>
        (this.house, this.order, this.place, this.booking, this.day) = (house, order, place, booking, day);

    /// <summary>One after the other, in the order's order.</summary>
    public static async Task<PaymentEnd> LiveAsync(PaymentHouse house, PaymentOrder order)
    {
        var life = await BeginAsync(house, order);
        Step? before = null;
        foreach (var step in order.Steps)
        {
            house.Clock.Pass(step == before ? TimeSpan.Zero : Between);
            await life.TakeAsync(step);
            before = step;
        }

        return await life.EndAsync();
    }

    /// <summary>The steps of the order first, and then everybody at once.</summary>
    /// <param name="crowd">What each of them does; paying is done in the middle of it.</param>
    public static async Task<PaymentEnd> LiveAtOnceAsync(PaymentHouse house, PaymentOrder order, IReadOnlyList<Step> crowd)
    {
        var life = await BeginAsync(house, order);
        foreach (var step in order.Steps)
        {
            house.Clock.Pass(Between);
            await life.TakeAsync(step);
        }

        house.Clock.Pass(Between);
        await Task.WhenAll(crowd.Select(step => Task.Run(() => life.TakeAsync(step))));
        var end = await life.EndAsync();
        // Whoever comes before it is paid finds that nobody knows, and whether somebody does is chance.
        return crowd.Any(step => step.Kind == StepKind.Pay) ? end.WithoutDoubt() : end;
    }

    private static async Task<PaymentLife> BeginAsync(PaymentHouse house, PaymentOrder order)
    {
        house.Clock.Now = BookingHouse.Now;
        var where = await house.Bookings.PlaceAsync(PaymentMode.Online);
        var inDays = order.Ending == Ending.CheckedIn ? 1 : 30;
        var life = new PaymentLife(house, order, where, await house.StayAsync(where, inDays, paid: order.OfChange), inDays);
        if (order.OfChange)
        {
            house.Clock.Pass(Between);
            (await house.Bookings.ChangeAsync(where, life.booking.Id, inDays, 4)).ShouldBeOfType<BookingOutcome.Done>();
        }

        for (var attempt = 0; attempt < order.Attempts; attempt++)
        {
            house.Clock.Pass(Between);
            life.attempts.Add(await house.OpenPageAsync(where, life.booking.Id));
            life.Play(isDown: false, attempt);
        }

        return life;
    }

    private async Task TakeAsync(Step step)
    {
        if (order.Down > 0 && step.IsNotice)
        {
            Play(isDown: come++ < order.Down, attempt: 0);
        }

        var txRef = attempts[step.Attempt];
        switch (step.Kind)
        {
            case StepKind.Pay: house.PayOnPage(txRef, order.Paying != Paying.Fails); break;
            case StepKind.Webhook: await house.HearAsync(txRef, order.Paying != Paying.Fails); break;
            case StepKind.Forged: (await house.HearAsync(txRef, saysPaid: true, secret: "somebody-else's-secret")).ShouldBeFalse(); break;
            case StepKind.Look: await house.LookAsync(txRef); break;
            case StepKind.Reconcile:
                await house.MakeDueAsync(booking.Id);
                await house.ReconcileAsync();
                break;
            case StepKind.End: await EndThingAsync(); break;
        }
    }

    private void Play(bool isDown, int attempt) => house.Play(attempts[attempt], PaymentHouse.Silent with
    {
        VerifyStatus = isDown ? 503 : null,
        VerifyAmount = order.Paying == Paying.OtherAmount ? LegalEnd.OtherPrice / 100m : null,
        VerifyCurrency = order.Paying == Paying.OtherCurrency ? Currencies.UsDollar : null,
    });

    private async Task EndThingAsync()
    {
        switch (order.Ending)
        {
            case Ending.Cancelled:
                (await house.CancelAsync(place, booking.Id)).ShouldBeOfType<BookingOutcome.Done>();
                return;
            case Ending.Replaced:
                (await house.Bookings.ChangeAsync(place, booking.Id, day, 5)).ShouldBeOfType<BookingOutcome.Done>();
                return;
        }

        house.Clock.Pass(TimeSpan.FromMinutes(16));
        switch (order.Ending)
        {
            case Ending.NightsTaken:
                await TakeNightsAsync();
                break;
            case Ending.CheckedIn:
                house.Clock.Now = BookingHouse.Now.AddDays(1).AddHours(6);
                break;
            case Ending.Archived:
                await house.Bookings.AskAsync(db => db.Listings.Where(listing => listing.Id == place.Id)
                    .ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Status, ListingStatus.Archived)));
                break;
        }
    }

    /// <summary>Another guest books and is to pay at the place, unless the nights are somebody's.</summary>
    private async Task TakeNightsAsync()
    {
        var rival = Persons.New(Role.Guest);
        await house.Bookings.AskAsync(db =>
        {
            db.Users.Add(rival);
            return db.SaveChangesAsync();
        });
        if (await house.Bookings.TryBookAsync(place, order.OfChange ? day + 2 : day, 2, guest: rival.Id) is BookStayOutcome.Booked(var theirs))
        {
            await house.Bookings.AskAsync(async db =>
            {
                (await db.Bookings.SingleAsync(found => found.Id == theirs.Id)).Pay(house.Clock.Now);
                await db.SaveChangesAsync();
                return await db.Bookings.Where(found => found.Id == theirs.Id).ExecuteUpdateAsync(found => found.SetProperty(row => row.PaymentMode, PaymentMode.OnArrival));
            });
        }
    }

    private async Task<PaymentEnd> EndAsync()
    {
        for (var attempt = 0; attempt < order.Attempts; attempt++)
        {
            // However long it was away, it is back one day.
            Play(isDown: false, attempt);
        }

        await house.GoOnUntilAllIsDoneAsync(booking.Id);
        foreach (var attempt in attempts)
        {
            await ShouldAgreeWithGatewayAsync(attempt);
        }

        return await house.Bookings.AskAsync(async db =>
        {
            var payments = await db.Payments.AsNoTracking().Where(payment => attempts.Contains(payment.TxRef)).Select(payment => payment.State).ToListAsync();
            var money = await db.LedgerEntries.Where(entry => entry.BookingId == booking.Id).GroupBy(entry => new { entry.Account, entry.Currency })
                .Select(entries => new { entries.Key.Account, entries.Key.Currency, MinorUnits = entries.Sum(entry => entry.MinorUnits) }).ToListAsync();
            var refunds = await db.Refunds.AsNoTracking().Where(refund => refund.BookingId == booking.Id).ToListAsync();
            var about = booking.Id.ToString();
            var messages = await db.Outbox.Where(message => message.Body.Contains(about)).Select(message => message.RoutingKey).ToListAsync();
            foreach (var attempt in attempts)
            {
                messages.AddRange(await db.Outbox.Where(message => message.Body.Contains(attempt)).Select(message => message.RoutingKey).ToListAsync());
            }

            var history = await db.Timeline.Where(entry => entry.BookingId == booking.Id).Select(entry => entry.Event).ToListAsync();
            var seen = (await PaymentReads.GetAsync(db, booking.Id, new Caller(place.Guest.Id), house.Clock.Now, CancellationToken.None)).ShouldNotBeNull();
            return new PaymentEnd(
                await db.Bookings.Where(found => found.Id == booking.Id).Select(found => found.Status).SingleAsync(),
                seen.Status,
                PaymentEnd.Listed(payments.Select(state => $"{state}")),
                PaymentEnd.Listed(money.Where(account => account.MinorUnits != 0).Select(account => $"{account.Account} {account.Currency} {account.MinorUnits}")),
                PaymentEnd.Listed(refunds.Select(refund => $"{refund.Cause} {refund.AmountMinorUnits} {refund.State}")),
                PaymentEnd.Listed(messages),
                PaymentEnd.Listed(history));
        });
    }

    /// <summary>What has gone back there is what our books say, each once.</summary>
    private async Task ShouldAgreeWithGatewayAsync(string attempt)
    {
        var ours = await house.Bookings.AskAsync(db => db.Refunds.Where(refund => refund.Payment!.TxRef == attempt)
            .Select(refund => new { refund.Reference, refund.AmountMinorUnits }).ToListAsync());
        house.AtGateway(attempt).ShouldNotBeNull().Refunds
            .Select(refund => (refund.MerchantReference, refund.Amount * 100, refund.Status))
            .ShouldBe(ours.Select(refund => ((string?)refund.Reference, (decimal)refund.AmountMinorUnits, RefundStatus.Refunded)), ignoreOrder: true);
    }
}
