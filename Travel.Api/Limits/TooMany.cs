using Travel.Api.Errors;

namespace Travel.Api.Limits;

internal static class TooMany
{
    public static Task AnswerAsync(HttpContext context, TimeSpan retryAfter) =>
        context.TooManyRequests("That was a lot of requests in a short time. Try again a little later.", retryAfter).ExecuteAsync(context);
}
