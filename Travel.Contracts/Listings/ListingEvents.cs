namespace Travel.Contracts.Listings;

/// <summary>An operator has taken a listing from guests. Why is with the listing.</summary>
public sealed record ListingSuspended(Guid ListingId, DateTimeOffset SuspendedAt) : IMessage
{
    public static string RoutingKey => "listing.suspended";
}

/// <summary>A host may publish a listing again that was suspended.</summary>
public sealed record ListingSuspensionLifted(Guid ListingId, DateTimeOffset LiftedAt) : IMessage
{
    public static string RoutingKey => "listing.suspension-lifted";
}
