using Travel.Contracts.Operations;
using Travel.Web.Listings;
using Travel.Web.Schedules;

namespace Travel.Web.Operations;

internal static class DeadLetterWords
{
    public static string Attempts(DeadLetterResponse letter) =>
        $"{Words.Count(letter.Attempts, "attempt")}{(letter.Replays > 0 ? $", after {Words.Count(letter.Replays, "replay")}" : "")}";

    /// <returns>Null while it waits.</returns>
    public static string? Settled(DeadLetterResponse letter) => letter.SettledAt is { } at
        ? $"{QueueWords.State(letter.State)} by {letter.SettledBy ?? "the dashboard"}, {JobWords.At(at)}{(letter.Reason is { } reason ? $": {reason}" : "")}"
        : null;
}
