using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Operations;

namespace Travel.Api.Operations;

internal static class OutboxExamples
{
    private static readonly DateTimeOffset Now = ListingExamples.Now;

    private static readonly RefusedMessageResponse Message = new(
        new Guid("01990b71-0c1d-7e2f-8a3b-4c5d6e7f8a9b"),
        BookingDeclined.RoutingKey,
        RefusedMessageState.Waiting,
        Attempts: 5,
        "No queue wants it.",
        Now,
        Now.AddSeconds(32),
        PersonalData.Mask($$"""{"bookingId":"{{BookingExamples.Id}}","version":2,"nightsGone":true,"declinedAt":"2026-11-20T09:30:00Z"}"""),
        SettledAt: null,
        DroppedBy: null,
        Reason: null);

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.PageOf(Message),
        Example.Of(Message),
        Example.Of(new DropRefusedMessageRequest("The booking was made by a test.")),
    ];
}
