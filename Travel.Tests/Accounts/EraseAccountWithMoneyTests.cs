using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class EraseAccountWithMoneyTests(TravelGraph graph)
{
    public enum Open { Started, Pending, Unknown, RefundDue, RefundProcessing, Mismatched, Reversed }

    [Theory]
    [InlineData(Open.Started)]
    [InlineData(Open.Unknown)]
    [InlineData(Open.RefundDue)]
    [InlineData(Open.Pending)]
    [InlineData(Open.RefundProcessing)]
    [InlineData(Open.Mismatched)]
    [InlineData(Open.Reversed)]
    public async Task Whose_money_is_under_way_stays(Open open)
    {
        var (guest, booking) = await StayedAsync();
        await LeaveAsync(booking, open);
        using var owner = await graph.SignedInAsync(guest.SignIn);

        using var refused = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(guest.SignIn.Password));

        await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "money-under-way");
        (await owner.GetAsync("/api/v1/me").ReadAsync<MeResponse>()).Email.ShouldBe(guest.SignIn.Email);
    }

    [Fact]
    public async Task The_books_stay_as_they_are_and_no_notice_of_the_gateway_says_who_paid()
    {
        var (guest, booking) = await StayedAsync();
        var (other, othersBooking) = await StayedAsync();
        var now = TimeProvider.System.GetUtcNow();
        var payment = await graph.PaidAsync(booking, now);
        var others = await graph.PaidAsync(othersBooking, now);
        var refund = await graph.RefundDueAsync(payment, 10_000, now);
        await using var db = await graph.DatabaseAsync();
        db.GatewayNotices.AddRange(PaidStays.NoticeOf(payment, now), PaidStays.NoticeOf(others, now));
        var sent = await db.Refunds.SingleAsync(row => row.Id == refund.Id);
        sent.Finish("RF1", now);
        db.LedgerEntries.Move(payment, sent, sent.Amount, LedgerAccount.Refund, LedgerAccount.Gateway, "refunded", now);
        await db.SaveChangesAsync();
        var books = await BooksAsync(payment.Id);
        using var owner = await graph.SignedInAsync(guest.SignIn);

        using var erased = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(guest.SignIn.Password));
        // The gateway repeats itself for days.
        await using var later = await graph.DatabaseAsync();
        await new NotePaymentNotice(later, new OutboxSignal(), TimeProvider.System).ExecuteAsync(PaidStays.NoticeOf(payment, now, "charge.refunded"), CancellationToken.None);

        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent, await erased.Content.ReadAsStringAsync());
        (await BooksAsync(payment.Id)).ShouldBe(books);
        db.ChangeTracker.Clear();
        var notices = await db.GatewayNotices.Where(notice => notice.TxRef == payment.TxRef).Select(notice => notice.Body).ToListAsync();
        notices.Count.ShouldBe(2);
        foreach (var who in new[] { "Sara", "Bekele", "example.org", "0900123456" })
        {
            notices.ShouldAllBe(body => !body.Contains(who, StringComparison.Ordinal));
        }

        notices.ShouldAllBe(body => body.Contains("2500.00", StringComparison.Ordinal) && body.Contains(payment.TxRef, StringComparison.Ordinal));
        (await db.GatewayNotices.SingleAsync(notice => notice.TxRef == others.TxRef)).Body.ShouldContain("Sara");
        other.Id.ShouldNotBe(guest.Id);
    }

    /// <summary>A guest whose stay is over, so that it is not what keeps the account.</summary>
    private async Task<(Account Guest, Booking Booking)> StayedAsync()
    {
        var guest = await graph.OwnAccountAsync();
        var host = await graph.PersonAsync(Role.Host);
        var booking = await graph.StayedAsync(await graph.DraftAsync(host.Id), guest.Id, inDays: -100);
        await using var db = await graph.DatabaseAsync();
        await db.Bookings.Where(row => row.Id == booking.Id).ExecuteUpdateAsync(row => row.SetProperty(stay => stay.Status, BookingStatus.Completed));
        return (guest, booking);
    }

    private async Task LeaveAsync(Booking booking, Open open)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (open is Open.RefundDue or Open.RefundProcessing or Open.Reversed)
        {
            var refund = await graph.RefundDueAsync(await graph.PaidAsync(booking, now), 10_000, now);
            await using var refunds = await graph.DatabaseAsync();
            var back = await refunds.Refunds.Include(row => row.Payment).SingleAsync(row => row.Id == refund.Id);
            if (open == Open.RefundProcessing)
            {
                // No job asks about it while the test runs.
                back.Proceed("RF1", now.AddDays(1));
                await refunds.SaveChangesAsync();
            }
            else if (open == Open.Reversed)
            {
                back.Reverse("RF1", now);
                refunds.LedgerEntries.Move(back.Payment!, back, back.Amount, LedgerAccount.Refund, LedgerAccount.Open, "reversed", now);
                await refunds.SaveChangesAsync();
            }

            return;
        }

        var payment = PaidStays.Open(booking, now);
        await using var db = await graph.DatabaseAsync();
        db.Payments.Add(payment);
        switch (open)
        {
            case Open.Pending:
                payment.Open(new Uri("http://127.0.0.1:9/checkout"));
                break;
            case Open.Unknown:
                payment.Claim(now);
                break;
            case Open.Mismatched:
                payment.ReceiveOther(PaidStays.Success(payment), now);
                db.LedgerEntries.Move(payment, refund: null, payment.Amount, LedgerAccount.Gateway, LedgerAccount.Open, "mismatched", now);
                break;
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Every row of bookkeeping that has to do with this payment.</summary>
    private async Task<List<string>> BooksAsync(Guid paymentId)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.Database.SqlQuery<string>(
            $"""
            SELECT to_jsonb(p)::text AS "Value" FROM payments p WHERE p.id = {paymentId}
            UNION ALL SELECT to_jsonb(r)::text FROM refunds r WHERE r.payment_id = {paymentId}
            UNION ALL SELECT to_jsonb(l)::text FROM ledger_entries l WHERE l.payment_id = {paymentId}
            ORDER BY 1
            """).ToListAsync();
    }
}
