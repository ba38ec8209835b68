using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Contracts;
using Travel.Domain.Idempotency;

namespace Travel.Api.Idempotency;

/// <summary>What is said about the header by which a request may be sent again.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    /// <summary>For endpoints that ask for the header.</summary>
    public static RouteHandlerBuilder ChecksKey(this RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(ProblemTypes.Invalid, ProblemTypes.RequestInFlight, ProblemTypes.IdempotencyKeyReused);

    public static bool IsMissing([NotNullWhen(false)] string? key) => string.IsNullOrWhiteSpace(key) || key.Length > IdempotentRequest.LongestKey;

    public static ValidationProblem Missing() =>
        Problems.Invalid(Header, $"This header is required, with at most {IdempotentRequest.LongestKey} characters.");

    public static ProblemHttpResult UsedForAnotherRequest() => Problems.Of(ProblemTypes.IdempotencyKeyReused);

    public static ProblemHttpResult InFlight(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problems.Of(ProblemTypes.RequestInFlight);
    }
}
