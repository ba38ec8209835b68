using System.Net;
using System.Text.Json;
using Travel.Contracts;

namespace Travel.Domain.Payments.Chapa;

/// <summary>
/// What Chapa wraps every answer in: <c>{"message":…,"status":…,"data":…}</c>. Read with tolerance, because its documentation and what it does
/// differ: the message is a sentence or an object of sentences, an amount a number or a string.
/// </summary>
/// <param name="Message">One line, of what can be kept of it.</param>
/// <param name="Data">Null where there is none.</param>
internal sealed record ChapaEnvelope(HttpStatusCode Status, string Message, JsonElement? Data)
{
    /// <summary>More is no answer of a payment gateway.</summary>
    public const int MostBytes = 256 * 1024;

    private const int LongestMessage = 500;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Their trouble, or ours in reaching them, or somebody who sends us elsewhere: nothing is known from it.</summary>
    public bool IsNoAnswer => (int)Status is >= 300 and < 400 or >= 500 || Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    /// <returns>Null when it is no envelope.</returns>
    public static ChapaEnvelope? Read(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var data = root.TryGetProperty("data", out var found) && found.ValueKind == JsonValueKind.Object ? found.Clone() : (JsonElement?)null;
            return new ChapaEnvelope(status, root.TryGetProperty("message", out var message) ? Line(Sentence(message)) : "", data);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second of a half character, which JSON can write and no text can have.
            return null;
        }
    }

    /// <returns>Null when there is none, or none that can be kept: it is too long, or has characters that are no writing.</returns>
    public string? Text(string name, int atMost = 100)
    {
        try
        {
            var text = Value(name) switch
            {
                { ValueKind: JsonValueKind.String } word => word.GetString(),
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
            return text?.Length <= atMost && !text.Any(char.IsControl) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null when there is none, or none that the currency can have.</returns>
    public Money? Amount(string name) =>
        Text(name) is { } amount && Plain(amount) is { } plain && Money.TryParse(plain, Text("currency"), out var money) && money.MinorUnits >= 0 ? money : null;

    /// <summary>The entries of a list, each read like an answer of its own.</summary>
    public IReadOnlyList<ChapaEnvelope> Items(string name) => Value(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => this with { Data = item })]
        : [];

    private JsonElement? Value(string name) => Data is { } data && data.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The same number without the noughts at its end, which numbers in JSON may have more of than a currency has decimals.</summary>
    private static string? Plain(string amount) =>
        decimal.TryParse(amount, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>It goes into logs and to operators.</summary>
    private static string Line(string sentence) =>
        string.Concat(PlainText.Beginning(sentence, LongestMessage).Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Sentence(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.String => message.GetString()!,
        JsonValueKind.Object => string.Join("; ", message.EnumerateObject().Select(field => $"{field.Name}: {Sentence(field.Value)}")),
        JsonValueKind.Array => string.Join(", ", message.EnumerateArray().Select(Sentence)),
        _ => "",
    };
}
