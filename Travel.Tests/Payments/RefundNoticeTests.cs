using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Payments;
using Travel.Domain.Payments;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

/// <summary>The webhook of a refund on its whole way: gateway, Api, broker, worker.</summary>
[Collection(TravelGraph.Collection)]
public sealed class RefundNoticeTests(TravelGraph graph)
{
    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_over_when_its_webhook_says_so()
    {
        using var guest = await graph.GuestAsync();
        var booking = (await graph.HeldStayAsync(guest)).Id;
        var txRef = (await graph.PayAsync(guest, booking)).TxRef;
        await graph.PlayAsync(new FaultSet { RefundAnswerLost = true }, txRef);

        var back = await guest.CancelAsPreviewedAsync(booking);

        var paying = await Eventually.GetAsync(
            () => guest.PaymentAsync(booking), paying => paying.Status == PaymentStatus.Refunded, TimeSpan.FromSeconds(60), "a refund that only its webhook tells of");
        paying.Refunded.ShouldBe(back);
        await using var db = await graph.DatabaseAsync();
        var refund = await db.Refunds.AsNoTracking().SingleAsync(refund => refund.BookingId == booking);
        (refund.State, refund.GatewayId).ShouldBe((RefundState.Refunded, null));
        (await graph.AtGatewayAsync(txRef)).Refunds.ShouldHaveSingleItem().MerchantReference.ShouldBe(refund.Reference);
    }
}
