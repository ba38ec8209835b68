using Travel.Api.Errors;
using Travel.Contracts;

namespace Travel.Api.Limits;

internal static class TooMany
{
    public static Task AnswerAsync(HttpContext context, TimeSpan retryAfter) =>
        context.TooManyRequests(ProblemTypes.TooManyRequests.Detail, retryAfter).ExecuteAsync(context);
}
