using Travel.Api.Errors;

namespace Travel.Api.Limits;

internal static class TooMany
{
    public static Task AnswerAsync(HttpContext context, TimeSpan retryAfter) =>
        context.TooManyRequests(detail: null, retryAfter).ExecuteAsync(context);
}
