using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Operations;

namespace Travel.Api.Operations;

internal static class OperationsExamples
{
    private static readonly DateTimeOffset Now = ListingExamples.Now;

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new InvariantsResponse(
            Now,
            IsSound: false,
            [
                new InvariantResponse(Invariants.All[0].Number, Invariants.All[0].Rule, Breaches: 0, []),
                new InvariantResponse(Invariants.All[1].Number, Invariants.All[1].Rule, Breaches: 1, [$"{BookingExamples.Id} Confirmed"]),
            ])),
        Example.PageOf(new AuditResponse(Now, "payment-refunded", "TRV-7KDM4QXR-9GQ2K7MXW4TD", "Hanna", "Paid in dollars by mistake.")),
    ];
}
