using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
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

        var preview = (await guest.GetFromJsonAsync<CancellationPreview>($"/api/v1/bookings/{booking}/cancellation", TravelJson.Options))!;
        using var cancelled = await guest.PostAsJsonAsync($"/api/v1/bookings/{booking}/cancellation", new { preview.Refund }, TravelJson.Options);
        cancelled.StatusCode.ShouldBe(HttpStatusCode.OK, await cancelled.Content.ReadAsStringAsync());

        var paying = await Eventually.GetAsync(
            () => guest.PaymentAsync(booking), paying => paying.Status == PaymentStatus.Refunded, TimeSpan.FromSeconds(60), "a refund that only its webhook tells of");
        paying.Refunded.ShouldBe(preview.Refund);
        await using var db = await graph.DatabaseAsync();
        var refund = await db.Refunds.AsNoTracking().SingleAsync(refund => refund.BookingId == booking);
        (refund.State, refund.GatewayId).ShouldBe((RefundState.Refunded, null));
        (await graph.AtGatewayAsync(txRef)).Refunds.ShouldHaveSingleItem().MerchantReference.ShouldBe(refund.Reference);
    }
}
