using System.Security.Cryptography;

namespace Travel.PaymentSandbox.Transactions;

/// <summary>The names that Chapa gives to things.</summary>
internal static class References
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string OfPayment() => "AP" + RandomNumberGenerator.GetString(Letters, 10);

    public static string OfRefund() => "RF" + RandomNumberGenerator.GetString(Letters, 12);

    /// <summary>Long enough that nobody finds another one's pay page.</summary>
    public static string OfPayPage() => RandomNumberGenerator.GetString(Letters, 45);
}
