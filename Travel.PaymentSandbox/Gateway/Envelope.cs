using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Travel.PaymentSandbox.Gateway;

/// <summary>What Chapa wraps every answer in. The message is a string or, where fields were wrong, an object of them.</summary>
internal sealed record Envelope(object Message, string? Status, object? Data)
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonHttpResult<Envelope> Success(string message, object? data) => TypedResults.Json(new Envelope(message, "success", data), Json);

    public static JsonHttpResult<Envelope> Failed(int statusCode, string message) =>
        TypedResults.Json(new Envelope(message, "failed", Data: null), Json, statusCode: statusCode);

    /// <summary>As <c>{"amount":["validation.required"]}</c>.</summary>
    public static JsonHttpResult<Envelope> Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        TypedResults.Json(new Envelope(fields, "failed", Data: null), Json, statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>How Chapa writes times and amounts.</summary>
internal static class Notation
{
    /// <summary>Seconds, with six zeros that look like more: <c>2023-08-27T19:21:18.000000Z</c>.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000000Z'", CultureInfo.InvariantCulture);

    public static string Of(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
