using System.Security.Cryptography;
using System.Text;
using Travel.PaymentSandbox.Faults;

namespace Travel.PaymentSandbox.Webhooks;

/// <summary>
/// The two headers that Chapa signs webhooks with: one over the body, and one over nothing but the secret, which is the same every time
/// and so proves nothing to those who have seen it once.
/// </summary>
internal static class Signatures
{
    public const string OfBody = "x-chapa-signature";
    public const string OfSecret = "chapa-signature";

    public static void Sign(HttpRequestMessage webhook, string body, string secret, WebhookSignature how)
    {
        var key = how == WebhookSignature.OtherKey ? secret + "-of-somebody-else" : secret;
        if (how is WebhookSignature.Good or WebhookSignature.OtherKey)
        {
            webhook.Headers.Add(OfBody, Hmac(key, body));
        }

        if (how is not WebhookSignature.None)
        {
            webhook.Headers.Add(OfSecret, Hmac(key, key));
        }
    }

    private static string Hmac(string key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
