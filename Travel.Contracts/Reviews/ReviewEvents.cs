namespace Travel.Contracts.Reviews;

/// <summary>The day after check-out has come at the listing, and the guest has not said how it was.</summary>
public sealed record ReviewInvitationDue(Guid BookingId, int Version) : IMessage
{
    public static string RoutingKey => "review.invitation-due";
}
