using Travel.Contracts.Payments;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

[Collection(DatabaseServer.Collection)]
public sealed class PaymentInDoubtTests(DatabaseServer server)
{
    [Fact]
    public async Task A_guest_is_told_once_that_nobody_knows_however_often_that_comes_and_goes()
    {
        var (house, place, booking) = await PaymentHouse.WithHeldStayAsync(server);
        await using var _ = house;
        var txRef = await house.OpenPageAsync(place, booking);
        (await house.Bookings.ToldAsync(booking, PaymentUnknown.RoutingKey)).ShouldBeEmpty();

        foreach (var isAway in new[] { true, true, false, true })
        {
            house.Play(txRef, PaymentHouse.Silent with { VerifyStatus = isAway ? 503 : null });
            house.Clock.Pass(TimeSpan.FromSeconds(6));

            (await house.LookAsync(txRef)).ShouldBe(isAway ? PaymentState.Unknown : PaymentState.Pending);
            (await house.Bookings.ToldAsync(booking, PaymentUnknown.RoutingKey)).ShouldHaveSingleItem();
        }
    }
}
