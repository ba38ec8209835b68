using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Api.Visitors;

namespace Travel.Api.Limits;

/// <summary>Counts writes by user, all replicas together; by address where nobody is signed in.</summary>
internal sealed class WriteLimit(RequestDelegate next, AttemptCounter attempts, IOptions<LimitOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var isLimited = !Requests.IsRead(context.Request) && context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null;
        if (isLimited && await attempts.TakeAsync("write:" + WriterOf(context), options.Value.WritesPerMinute, Window) is { } retryAfter)
        {
            await TooMany.AnswerAsync(context, retryAfter);
            return;
        }

        await next(context);
    }

    private static string WriterOf(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true ? $"user:{context.User.UserId()}" : $"address:{context.VisitorKey()}";
}
