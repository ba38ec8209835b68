using System.Text.RegularExpressions;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Checkout;

/// <summary>What somebody fills in to pay: on the page, or through the sandbox's API.</summary>
public sealed partial record PaymentForm
{
    /// <summary>A method of <see cref="TestAccounts.Phones"/>, or card.</summary>
    public string? Method { get; init; }

    /// <summary>Of the phone or of the card.</summary>
    public string? Number { get; init; }

    /// <summary>The one-time password of methods that ask for one.</summary>
    public string? Otp { get; init; }

    public string? Cvv { get; init; }

    public string? Expiry { get; init; }

    public bool IsCard => Method == TestAccounts.CardMethod;

    /// <summary>What is wrong with it, by property; empty when it can be tried. A form that can be tried may still not pay.</summary>
    public Dictionary<string, string[]> Problems()
    {
        Dictionary<string, string[]> problems = new(StringComparer.Ordinal);
        if (IsCard)
        {
            Need(nameof(Number), CardNumber().IsMatch(Digits), "Enter the 13 to 19 digits of the card.");
            Need(nameof(Cvv), CardCvv().IsMatch(Cvv ?? ""), "Enter the 3 or 4 digits of the security code.");
            Need(nameof(Expiry), CardExpiry().IsMatch(Expiry ?? ""), "Enter month and year as on the card: 12/34.");
            return problems;
        }

        Need(nameof(Method), Phone is not null, "Choose how to pay.");
        Need(nameof(Number), PhoneNumber().IsMatch(Digits), "Enter 10 digits that begin with 09 or 07.");
        Need(nameof(Otp), Phone is not { AsksForOtp: true } || !string.IsNullOrWhiteSpace(Otp), $"{Phone?.Name} asks for a one-time password.");
        return problems;

        void Need(string field, bool isThere, string message)
        {
            if (!isThere)
            {
                problems[field] = [message];
            }
        }
    }

    /// <summary>What comes of it. To be asked of a form without problems.</summary>
    public Payment ToPayment() => IsCard
        ? new Payment(TestAccounts.CardMethod, Mobile: null, TestAccounts.WhyCardFails(Digits, Cvv!, Expiry!))
        : new Payment(Phone!.Method, Digits, TestAccounts.WhyPhoneFails(Phone, Digits, Otp?.Trim()));

    private MobileMoney? Phone => TestAccounts.Phones.FirstOrDefault(phone => phone.Method == Method);

    // People write numbers with spaces, and cards are shown so.
    private string Digits => (Number ?? "").Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^0[79][0-9]{8}\z", RegexOptions.None, 1000)]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"^[0-9]{13,19}\z", RegexOptions.None, 1000)]
    private static partial Regex CardNumber();

    [GeneratedRegex(@"^[0-9]{3,4}\z", RegexOptions.None, 1000)]
    private static partial Regex CardCvv();

    [GeneratedRegex(@"^(0[1-9]|1[0-2])/[0-9]{2}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CardExpiry();
}
