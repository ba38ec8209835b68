using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Domain.Idempotency;

namespace Travel.Api.Idempotency;

/// <summary>What is said about the header by which a request may be sent again.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    public static bool IsMissing([NotNullWhen(false)] string? key) => string.IsNullOrWhiteSpace(key) || key.Length > IdempotentRequest.LongestKey;

    public static ValidationProblem Missing() =>
        Problems.Invalid(Header, $"This header is required, with at most {IdempotentRequest.LongestKey} characters.");

    public static ProblemHttpResult UsedForAnotherRequest() => Problems.Unprocessable(
        "idempotency-key-reused", "This Idempotency-Key was used for another request", "Send another key for another request.");

    public static ProblemHttpResult InFlight(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problems.Conflict(
            "request-in-flight", "This request is being answered", "The same request is being worked on at this moment. Ask again in a second.");
    }
}
