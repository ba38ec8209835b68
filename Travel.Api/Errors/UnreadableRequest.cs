using System.Text.Json;
using System.Text.RegularExpressions;
using Travel.Contracts;

namespace Travel.Api.Errors;

/// <summary>Says which field of a request could not be read. The framework says it in English sentences; the names are taken from those.</summary>
internal static partial class UnreadableRequest
{
    private const string WholeBody = "body";
    private static readonly string[] Required = ["Is required."];

    public static HttpValidationProblemDetails ProblemOf(BadHttpRequestException exception) => new(ErrorsOf(exception))
    {
        Status = exception.StatusCode,
        Type = ProblemTypes.Invalid.Uri,
        Title = ProblemTypes.Invalid.Title,
    };

    private static Dictionary<string, string[]> ErrorsOf(BadHttpRequestException exception)
    {
        if (exception.InnerException is not JsonException json)
        {
            var name = Parameter().Match(exception.Message) is { Success: true } match ? JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value) : WholeBody;
            var error = exception.Message.StartsWith("Required", StringComparison.Ordinal) ? "Is required." : "Is not of the right form.";
            return new(StringComparer.Ordinal) { [name] = [error] };
        }

        if (json.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            return QuotedName().Matches(json.Message[json.Message.IndexOf("including", StringComparison.Ordinal)..])
                .ToDictionary(match => match.Groups["name"].Value, _ => Required, StringComparer.Ordinal);
        }

        var field = json.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : WholeBody;
        return new(StringComparer.Ordinal) { [field] = ["Is unknown or not of the right form."] };
    }

    // Failed to bind parameter "Nullable<DateOnly> CheckIn" from "abc".
    [GeneratedRegex("parameter \"\\S+ (?<name>\\w+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    // … was missing required properties including: 'listingId', 'guests'.
    [GeneratedRegex("'(?<name>\\w+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedName();
}
