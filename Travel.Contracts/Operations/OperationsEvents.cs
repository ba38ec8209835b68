namespace Travel.Contracts.Operations;

/// <summary>A week is over, and an operator is to know what it brought.</summary>
/// <param name="From">Its Monday, in UTC.</param>
/// <param name="To">The Monday after it.</param>
public sealed record WeeklyReportDue(Guid OperatorId, DateOnly From, DateOnly To) : IMessage
{
    public static string RoutingKey => "operations.weekly-report-due";
}
