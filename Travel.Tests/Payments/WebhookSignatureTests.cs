using System.Text;
using Travel.Domain.Payments.Chapa;

namespace Travel.Tests.Payments;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"tx_ref":"TRV-1"}""");

    /// <summary>Made by another hand: <c>printf %s '{"tx_ref":"TRV-1"}' | openssl dgst -sha256 -hmac the-secret</c>.</summary>
    [Fact]
    public void What_the_gateway_signs_is_known_by_its_key_and_its_body()
    {
        const string Signature = "efc3495f05cd39528c5e0c22a793570ea5c8b83cea5deea672b90dad6ce9e4ed";

        WebhookSignature.Header.ShouldBe("x-chapa-signature");
        WebhookSignature.IsOf(Body, Signature, "the-secret").ShouldBeTrue();
        WebhookSignature.IsOf(Body, Signature, "another-secret").ShouldBeFalse();
        WebhookSignature.IsOf(Body.AsSpan(1), Signature, "the-secret").ShouldBeFalse();
        WebhookSignature.IsOf(Body, "", "the-secret").ShouldBeFalse();
    }
}
