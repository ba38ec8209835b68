using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Travel.Domain.Accounts;

namespace Travel.Domain.Operations;

/// <summary>
/// Hides in what machines have written what would tell an onlooker who somebody is, or open something to them: what fields are called that
/// hold such things, and e-mail addresses and telephone numbers wherever they stand. Rather too much than too little.
/// </summary>
public static partial class PersonalData
{
    public const string Hidden = "***";

    private const int Patience = 1000;

    private static readonly FrozenSet<string> PersonalWords = FrozenSet.ToFrozenSet(
    [
        "name", "names", "firstname", "lastname", "fullname", "displayname", "username", "surname", "email", "emailaddress", "mail", "recipient", "phone",
        "phonenumber", "mobile", "tel", "telephone", "msisdn", "address", "street", "birth", "birthday", "passport", "password", "secret", "token",
        "authorization", "cookie", "card", "iban", "note", "notes", "text", "comment", "body", "reason", "url", "link", "ip",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON by the names of its fields too; whatever else it is by what it looks like.</summary>
    public static string Mask(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var masked = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(masked, Readable))
            {
                Write(writer, json.RootElement);
            }

            return Encoding.UTF8.GetString(masked.WrittenSpan);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or JSON with text in it that is none.
            return MaskText(text);
        }
    }

    /// <summary>Text that may have pieces of JSON in it.</summary>
    public static string MaskText(string text)
    {
        try
        {
            var fields = Field().Replace(text, found => IsPersonal(found.Groups["name"].Value) ? $"\"{found.Groups["name"].Value}\":\"{Hidden}\"" : found.Value);
            return Phone().Replace(EmailAddresses.InText().Replace(fields, Hidden), Hidden);
        }
        catch (RegexMatchTimeoutException)
        {
            return Hidden;
        }
    }

    /// <summary>Whether a field or header of this name holds what is nobody's business.</summary>
    public static bool IsPersonal(string name) => Word().Matches(name).Any(word => PersonalWords.Contains(word.Value));

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                {
                    writer.WritePropertyName(field.Name);
                    if (IsPersonal(field.Name) && field.Value.ValueKind != JsonValueKind.Null)
                    {
                        writer.WriteStringValue(Hidden);
                    }
                    else
                    {
                        Write(writer, field.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(MaskText(value.GetString()!));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>The words of a name: <c>guest</c> and <c>Name</c> of <c>guestName</c>, <c>first</c> and <c>name</c> of <c>first_name</c>.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Word();

    [GeneratedRegex("""
        "(?<name>[\w.-]{1,60})"\s{0,9}:\s{0,9}"([^"\\]|\\.)*"?
        """, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline, Patience)]
    private static partial Regex Field();

    // International; national with a leading 0; 123-456-7890; digits alone. Ids, instants and amounts are none of these.
    [GeneratedRegex(
        @"(?<![\w.-])(\+\d[\d ().-]{6,18}\d|\(?0\d{1,4}\)?[ ./-]?\d[\d ./-]{4,12}\d|\d{3}[-. ]\d{3}[-. ]\d{4}|\d{9,15})(?![\w-]|\.\d)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Phone();
}
