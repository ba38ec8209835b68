using System.Security.Cryptography;
using System.Text;

namespace Travel.Domain.Payments.Chapa;

/// <summary>Whether the gateway has written a webhook: HMAC-SHA256 over its body as it came, in lower-case hex.</summary>
public static class WebhookSignature
{
    /// <summary>Over the body. The other that it sends, <c>chapa-signature</c>, is over its own secret, always the same, and so proves nothing.</summary>
    public const string Header = "x-chapa-signature";

    public static string Of(ReadOnlySpan<byte> body, string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static bool IsOf(ReadOnlySpan<byte> body, string signature, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(body, secret)), Encoding.ASCII.GetBytes(signature));
}
