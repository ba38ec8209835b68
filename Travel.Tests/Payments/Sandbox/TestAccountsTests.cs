using Travel.PaymentSandbox.Checkout;

namespace Travel.Tests.Payments.Sandbox;

public sealed class TestAccountsTests
{
    public static TheoryData<string, string, string?> Phones()
    {
        TheoryData<string, string, string?> phones = [];
        foreach (var number in (string[])["0900123456", "0900112233", "0900881111"])
        {
            phones.Add("telebirr", number, null);
            phones.Add("cbebirr", number, null);
            phones.Add("ebirr", number, null);
            phones.Add("amole", number, "12345");
            phones.Add("awashbirr", number, "12345");
            phones.Add("mpesa", "07" + number[2..], null);
        }

        return phones;
    }

    [Theory]
    [MemberData(nameof(Phones))]
    public void A_test_number_succeeds(string method, string number, string? otp) =>
        new PaymentForm { Method = method, Number = number, Otp = otp }.ToPayment().FailureReason.ShouldBeNull();

    [Theory]
    [InlineData("telebirr", "0900123457", null, "Insufficient balance")]
    [InlineData("telebirr", "0700123456", null, "Insufficient balance")]
    [InlineData("mpesa", "0900123456", null, "Insufficient balance")]
    [InlineData("amole", "0900123456", "54321", "Wrong one-time password")]
    [InlineData("awashbirr", "0900123456", "1234", "Wrong one-time password")]
    public void Any_other_number_fails(string method, string number, string? otp, string reason)
    {
        var form = new PaymentForm { Method = method, Number = number, Otp = otp };

        form.Problems().ShouldBeEmpty();
        form.ToPayment().FailureReason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("4200 0000 0000 0000", "123")]
    [InlineData("5400000000000000", "123")]
    [InlineData("3700 000000 00000", "1234")]
    [InlineData("3700000000000000", "1234")]
    [InlineData("6200 0000 0000 0000", "123")]
    [InlineData("3800 000000 0000", "123")]
    [InlineData("3800000000000000", "123")]
    public void A_test_card_succeeds(string number, string cvv)
    {
        var form = new PaymentForm { Method = "card", Number = number, Cvv = cvv, Expiry = "12/34" };

        form.Problems().ShouldBeEmpty();
        form.ToPayment().FailureReason.ShouldBeNull();
    }

    [Theory]
    [InlineData("4200000000000001", "123", "12/34", "Card declined")]
    [InlineData("4300000000000000", "123", "12/34", "Card declined")]
    [InlineData("4200000000000000", "124", "12/34", "Wrong security code")]
    [InlineData("370000000000000", "123", "12/34", "Wrong security code")]
    [InlineData("4200000000000000", "123", "11/34", "Card expired")]
    public void Any_other_card_fails(string number, string cvv, string expiry, string reason) =>
        new PaymentForm { Method = "card", Number = number, Cvv = cvv, Expiry = expiry }.ToPayment().FailureReason.ShouldBe(reason);
}
