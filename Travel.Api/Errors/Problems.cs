using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Contracts;

namespace Travel.Api.Errors;

/// <summary>Errors as answers (RFC 9457): one of the <see cref="ProblemTypes"/>, and a sentence for the person in front of it.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string detail) => Of(ProblemTypes.NotFound, detail);

    public static ProblemHttpResult Forbidden(string detail) => Of(ProblemTypes.Forbidden, detail);

    public static ProblemHttpResult Unauthorized(string detail) => Of(ProblemTypes.Unauthorized, detail);

    /// <param name="detail">Null: what the type says.</param>
    public static ProblemHttpResult TooManyRequests(this HttpContext context, string? detail, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Of(ProblemTypes.TooManyRequests, detail);
    }

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: ProblemTypes.Invalid.Title, type: ProblemTypes.Invalid.Uri);

    public static ValidationProblem Invalid(string field, string error) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });

    /// <param name="detail">Null: what the type says.</param>
    public static ProblemHttpResult Of(ProblemType type, string? detail = null) => TypedResults.Problem(Details(type, detail));

    public static ProblemDetails Details(ProblemType type, string? detail = null) =>
        new() { Status = type.Status, Type = type.Uri, Title = type.Title, Detail = detail ?? type.Detail };
}
