namespace Travel.Contracts.Errands;

/// <summary>Somebody wants an errand run; what it is stands in its row.</summary>
public sealed record ErrandRequested(Guid ErrandId) : IMessage
{
    public static string RoutingKey => "errand.requested";
}
