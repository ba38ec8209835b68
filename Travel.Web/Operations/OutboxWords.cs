using Travel.Contracts.Operations;
using Travel.Web.Schedules;

namespace Travel.Web.Operations;

internal static class OutboxWords
{
    public static string Next(RefusedMessageResponse message) =>
        message.State != RefusedMessageState.Waiting ? "Never" : message.NextAttemptAt is { } at ? JobWords.At(at) : "At once";

    /// <returns>Null while it waits.</returns>
    public static string? Settled(RefusedMessageResponse message) => message switch
    {
        { State: RefusedMessageState.Dropped, SettledAt: { } at } => $"Dropped by {message.DroppedBy}, {JobWords.At(at)}: {message.Reason}",
        { State: RefusedMessageState.Published, SettledAt: { } at } => $"Published after all, {JobWords.At(at)}",
        _ => null,
    };
}
