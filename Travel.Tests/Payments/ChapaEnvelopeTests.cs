using System.Net;
using System.Text;
using Travel.Contracts;
using Travel.Domain.Payments.Chapa;

namespace Travel.Tests.Payments;

/// <summary>What has been seen of Chapa's answers, and what its documentation says of them.</summary>
public sealed class ChapaEnvelopeTests
{
    [Theory]
    [InlineData("""{"message":"Hosted Link"}""", "Hosted Link")]
    [InlineData("""{"message":{"amount":["validation.required"],"email":["validation.email"]}}""", "amount: validation.required; email: validation.email")]
    [InlineData("""{"message":null}""", "")]
    [InlineData("{}", "")]
    public void A_message_is_a_sentence_or_an_object_of_sentences(string body, string sentence) => Read(body)!.Message.ShouldBe(sentence);

    [Theory]
    [InlineData("400", 40_000)]
    [InlineData("400.0", 40_000)]
    [InlineData("400.00", 40_000)]
    [InlineData("1250.5", 125_050)]
    [InlineData("\"400.00\"", 40_000)]
    [InlineData("4e2", 40_000)]
    [InlineData("400.005", null)]
    [InlineData("\"1,000\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void An_amount_is_a_number_or_a_string_and_none_that_the_currency_has_not(string amount, int? minorUnits) =>
        Read($$$"""{"data":{"amount":{{{amount}}},"currency":"ETB"}}""")!.Amount("amount")
            .ShouldBe(minorUnits is { } known ? new Money(known, Currencies.EthiopianBirr) : null);

    [Fact]
    public void An_amount_without_a_currency_that_is_known_is_none() =>
        Read("""{"data":{"amount":400,"currency":"XAU"}}""")!.Amount("amount").ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("[]")]
    [InlineData("\"yes\"")]
    public void What_is_no_envelope_is_no_answer(string body) => Read(body).ShouldBeNull();

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"none\"")]
    public void Data_that_is_no_object_is_none(string data) => Read($$$"""{"data":{{{data}}}}""")!.Text("status").ShouldBeNull();

    private static ChapaEnvelope? Read(string body) => ChapaEnvelope.Read(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body));
}
