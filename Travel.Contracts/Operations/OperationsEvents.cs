namespace Travel.Contracts.Operations;

/// <summary>A week is over, and an operator is to know what it brought.</summary>
/// <param name="From">Its Monday.</param>
/// <param name="To">The Monday after it.</param>
/// <param name="TimeZone">IANA zone by whose clock it begins and ends; UTC where none is said.</param>
public sealed record WeeklyReportDue(Guid OperatorId, DateOnly From, DateOnly To, string? TimeZone = null) : IMessage
{
    public static string RoutingKey => "operations.weekly-report-due";
}
