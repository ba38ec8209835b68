namespace Travel.PaymentSandbox.Checkout;

/// <summary>A way to pay from a phone: what its numbers begin with, and whether it asks for a one-time password.</summary>
internal sealed record MobileMoney(string Method, string Name, string Prefix, bool AsksForOtp)
{
    public IEnumerable<string> Succeeding => TestAccounts.Succeeding.Select(rest => Prefix + rest);
}

/// <summary>A kind of test card: the first digits, then zeros.</summary>
internal sealed record TestCard(string Name, string Number, string Cvv)
{
    public string Shown => string.Join(' ', Number.Chunk(4).Select(digits => new string(digits)));
}

/// <summary>Chapa's test numbers and cards. What is not one of them fails.</summary>
internal static class TestAccounts
{
    public const string Otp = "12345";
    public const string CardMethod = "card";
    public const string CardExpiry = "12/34";

    public static IReadOnlyList<string> Succeeding { get; } = ["00123456", "00112233", "00881111"];

    public static IReadOnlyList<MobileMoney> Phones { get; } =
    [
        new("telebirr", "telebirr", "09", AsksForOtp: false),
        new("cbebirr", "CBEBirr", "09", AsksForOtp: false),
        new("ebirr", "COOPPay-ebirr", "09", AsksForOtp: false),
        new("mpesa", "M-Pesa", "07", AsksForOtp: false),
        new("amole", "Amole", "09", AsksForOtp: true),
        new("awashbirr", "Awash", "09", AsksForOtp: true),
    ];

    /// <summary>As long as cards of their kind are: 16 digits, 15 of Amex, 14 of Diners.</summary>
    public static IReadOnlyList<TestCard> Cards { get; } =
    [
        new("Visa", "4200000000000000", "123"),
        new("Mastercard", "5400000000000000", "123"),
        new("Amex", "370000000000000", "1234"),
        new("UnionPay", "6200000000000000", "123"),
        new("Diners", "38000000000000", "123"),
    ];

    /// <returns>Why nothing was paid; null when it was.</returns>
    public static string? WhyPhoneFails(MobileMoney phone, string number, string? otp)
    {
        if (!phone.Succeeding.Contains(number))
        {
            return "Insufficient balance";
        }

        return phone.AsksForOtp && otp != Otp ? "Wrong one-time password" : null;
    }

    /// <inheritdoc cref="WhyPhoneFails"/>
    public static string? WhyCardFails(string number, string cvv, string expiry) => Cards.FirstOrDefault(card => IsSame(card, number)) switch
    {
        null => "Card declined",
        var card when card.Cvv != cvv => "Wrong security code",
        _ when expiry != CardExpiry => "Card expired",
        _ => null,
    };

    // Not everybody writes as many zeros as the card has.
    private static bool IsSame(TestCard card, string number) => number[..4] == card.Number[..4] && number[4..].All(digit => digit == '0');
}
