namespace Travel.Web.TravelApi;

/// <summary>A failure that is not the visitor's doing, in the visitor's words.</summary>
public sealed record Trouble(int Status, string Title, string Sentence)
{
    internal static Trouble Unavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        "We can’t reach our booking system right now",
        "This is on our side. Nothing you entered has been lost; please try again in a moment.");

    internal static Trouble TooMany(TimeSpan? retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        "That was a lot of requests at once",
        $"Please try again {InWords(retryAfter)}.");

    /// <summary><c>in 40 seconds</c>, <c>in 3 minutes</c>, or <c>in a moment</c> when the Api did not say.</summary>
    internal static string InWords(TimeSpan? wait) => wait switch
    {
        null => "in a moment",
        { TotalSeconds: <= 1 } => "in a second",
        { TotalSeconds: < 90 } some => $"in {Math.Ceiling(some.TotalSeconds)} seconds",
        { TotalMinutes: var minutes } => $"in {Math.Ceiling(minutes)} minutes",
    };
}
