using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;

namespace Travel.Api.Operations;

internal static class DeadLetterExamples
{
    private static readonly DateTimeOffset Now = ListingExamples.Now;

    private static readonly DeadLetterResponse Letter = new(
        new Guid("01990b70-56ef-7a1b-9c2d-3e4f5a6b7c8d"),
        Topology.QueueNames[0],
        "01990b5f-8a9b-7c0d-8e1f-2a3b4c5d6e7f",
        BookingDeclined.RoutingKey,
        DeadLetterState.Waiting,
        Attempts: 6,
        Replays: 0,
        $"TimeZoneNotFoundException: The time zone of {PersonalData.Hidden} is not known.",
        Now,
        Now.AddMinutes(72),
        [
            new DeadLetterHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            new DeadLetterHeader(MessageHeaders.Attempt, "5"),
        ],
        PersonalData.Mask($$"""{"bookingId":"{{BookingExamples.Id}}","version":2,"nightsGone":true,"declinedAt":"2026-11-20T09:30:00Z"}"""),
        SizeBytes: 127,
        SettledAt: null,
        SettledBy: null,
        Reason: null);

    public static readonly Example Replayed = Example.Of(
        Letter with { State = DeadLetterState.Replayed, SettledAt = Now.AddMinutes(90), SettledBy = "Hanna" }, "ReplayedDeadLetter");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.PageOf(Letter),
        Example.Of(Letter),
        Replayed,
        Example.Of(new ReplayDeadLettersRequest(Letter.Queue)),
        Example.Of(new ReplayDeadLettersResponse(12, Failed: 1)),
        Example.Of(new DropDeadLetterRequest("The booking was made by a test.")),
    ];
}
