using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Travel.Contracts;

namespace Travel.Api.Errors;

/// <summary>
/// Writes problem details for everybody. The framework's own writer leaves them out, or half of them, where the caller does not ask for
/// JSON, as a browser does not.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ??= http.Response.StatusCode;
        if (problem.Type?.StartsWith(ProblemType.Base, StringComparison.Ordinal) != true)
        {
            // None, or the RFC that the framework refers to. What we do not know says no more than its status, which RFC 9457 has a type for.
            var known = ProblemTypes.OfStatus(status);
            problem.Type = known?.Uri ?? "about:blank";
            problem.Title = known?.Title ?? ReasonPhrases.GetReasonPhrase(status);
            problem.Detail ??= known?.Detail;
        }

        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        return new(http.Response.WriteAsJsonAsync(
            problem, problem.GetType(), json.Value.SerializerOptions, "application/problem+json", http.RequestAborted));
    }
}
