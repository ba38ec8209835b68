using System.Globalization;
using Travel.Api.Errors;

namespace Travel.Api.Limits;

internal static class TooMany
{
    public static Task AnswerAsync(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.TooManyRequests("That was a lot of requests in a short time. Try again a little later.").ExecuteAsync(context);
    }
}
