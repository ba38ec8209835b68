using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Travel.Api.Errors;

/// <summary>The errors that clients may rely on (RFC 9457): a stable type, a title, and a sentence for the person in front of it.</summary>
internal static class Problems
{
    public const string Types = "https://travel.test/problems/";

    public static ProblemHttpResult NotFound(string detail) => Result(StatusCodes.Status404NotFound, "not-found", "Not found", detail);

    public static ProblemHttpResult Forbidden(string detail) => Result(StatusCodes.Status403Forbidden, "forbidden", "Not allowed", detail);

    public static ProblemHttpResult Conflict(string type, string title, string detail) => Result(StatusCodes.Status409Conflict, type, title, detail);

    public static ProblemHttpResult Unprocessable(string type, string title, string detail) =>
        Result(StatusCodes.Status422UnprocessableEntity, type, title, detail);

    public static ProblemHttpResult Unauthorized(string detail) =>
        Result(StatusCodes.Status401Unauthorized, "unauthorized", "Not signed in", detail);

    public static ProblemHttpResult TooManyRequests(this HttpContext context, string detail, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Result(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", detail);
    }

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: "The request is not valid", type: Types + "invalid");

    public static ValidationProblem Invalid(string field, string error) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });

    public static ProblemDetails Details(int status, string type, string title, string? detail = null) =>
        new() { Status = status, Type = Types + type, Title = title, Detail = detail };

    /// <summary>The type of an answer that is a status code and no more: <c>method-not-allowed</c> for 405.</summary>
    public static string TypeOf(int status) => Types + status switch
    {
        // Its phrase has changed between RFCs; ours does not.
        StatusCodes.Status413PayloadTooLarge => "too-large",
        _ => ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '-'),
    };

    private static ProblemHttpResult Result(int status, string type, string title, string detail) =>
        TypedResults.Problem(Details(status, type, title, detail));
}
