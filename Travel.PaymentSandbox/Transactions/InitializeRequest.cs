using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Travel.PaymentSandbox.Gateway;

namespace Travel.PaymentSandbox.Transactions;

/// <summary>The body of an initialize call, and what Chapa finds wrong with one.</summary>
internal sealed partial class InitializeRequest(JsonElement body)
{
    private const decimal LargestAmount = 1_000_000;
    private const int LongestTxRef = 50;
    private const int LongestTitle = 16;
    private const string Required = "validation.required";

    private readonly Dictionary<string, string[]> wrong = new(StringComparer.Ordinal);

    /// <summary>What is wrong, by field; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string[]> Wrong => wrong;

    /// <summary>A currency that is well written and not taken.</summary>
    public string? UnsupportedCurrency { get; private set; }

    public bool IsRight(DateTimeOffset now, [NotNullWhen(true)] out Transaction? transaction)
    {
        var amount = Amount();
        var txRef = TxRef();
        var currency = Currency();
        var read = new Transaction
        {
            TxRef = txRef,
            Token = References.OfPayPage(),
            Amount = amount,
            Currency = currency,
            FirstName = Text(body, "first_name"),
            LastName = Text(body, "last_name"),
            Email = Email(),
            PhoneNumber = PhoneNumber(),
            CallbackUrl = Url("callback_url"),
            ReturnUrl = Url("return_url"),
            Customization = Customization(),
            Meta = body.TryGetProperty("meta", out var meta) && meta.ValueKind is not JsonValueKind.Null ? meta.Clone() : null,
            CreatedAt = now,
            UpdatedAt = now,
            Events = [new("Created", "The payment link was created", "log", now)],
        };
        transaction = wrong.Count == 0 && UnsupportedCurrency is null ? read : null;
        return transaction is not null;
    }

    // A string or a number. "1,000" is no number to Chapa, nor is anything with an exponent.
    private decimal Amount()
    {
        if (Text(body, "amount") is not { } text)
        {
            return Refuse("amount", Required, 0m);
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return Refuse("amount", "validation.numeric", 0m);
        }

        return amount switch
        {
            <= 0 => Refuse("amount", "validation.min.numeric", amount),
            > LargestAmount => Refuse("amount", "The amount must not exceed 1000000.", amount),
            _ => amount,
        };
    }

    private string TxRef() => Text(body, "tx_ref") switch
    {
        null => Refuse("tx_ref", Required, ""),
        { Length: > LongestTxRef } text => Refuse("tx_ref", "The tx ref must not exceed 50 characters.", text),
        var text => text,
    };

    private string Currency()
    {
        if (Text(body, "currency") is not { } currency)
        {
            return Refuse("currency", Required, "");
        }

        UnsupportedCurrency = Banks.Currencies.Contains(currency) ? null : currency;
        return currency;
    }

    // Seen of Chapa: it does not take the domain that is reserved for examples.
    private string? Email() => Text(body, "email") switch
    {
        null => null,
        var text when EmailPattern().IsMatch(text) && !text.EndsWith("@example.com", StringComparison.OrdinalIgnoreCase) => text,
        var text => Refuse("email", "validation.email", text),
    };

    private string? PhoneNumber() => Text(body, "phone_number") switch
    {
        null => null,
        var text when PhonePattern().IsMatch(text) => text,
        var text => Refuse("phone_number", "validation.phone_number", text),
    };

    // The pay page leads to it, so it must be an address that a page may lead to.
    private Uri? Url(string name) => Text(body, name) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => url,
        _ => Refuse<Uri?>(name, "validation.url", null),
    };

    private Customization Customization()
    {
        if (!body.TryGetProperty("customization", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return new Customization();
        }

        var title = Text(given, "title");
        if (title is { Length: > LongestTitle })
        {
            Refuse("customization.title", "The customization.title may not be greater than 16 characters.", title);
        }

        return new Customization(Plain("customization.title", title), Plain("customization.description", Text(given, "description")), Text(given, "logo"));
    }

    private string? Plain(string name, string? text) => text is null || PlainPattern().IsMatch(text)
        ? text
        : Refuse(name, $"The {name} may only contain letters, numbers, hyphens, underscores, spaces, and dots.", text);

    private T Refuse<T>(string field, string message, T read)
    {
        wrong[field] = [.. wrong.GetValueOrDefault(field, []), message];
        return read;
    }

    private static string? Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+\z", RegexOptions.None, 1000)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^0[79][0-9]{8}\z", RegexOptions.None, 1000)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"^[A-Za-z0-9\-_. ]*\z", RegexOptions.None, 1000)]
    private static partial Regex PlainPattern();
}
