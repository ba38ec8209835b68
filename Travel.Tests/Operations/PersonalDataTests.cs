using System.Text.Json;
using System.Text.Json.Nodes;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Domain.Operations;

namespace Travel.Tests.Operations;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("name")]
    [InlineData("guestName")]
    [InlineData("first_name")]
    [InlineData("DisplayName")]
    [InlineData("e-mail")]
    [InlineData("emailAddress")]
    [InlineData("EMAIL")]
    [InlineData("x-guest-phone")]
    [InlineData("phoneNumber")]
    [InlineData("accessToken")]
    [InlineData("Authorization")]
    [InlineData("note")]
    [InlineData("clientIp")]
    public void A_field_whose_name_says_that_it_is_personal_is_hidden(string name)
    {
        PersonalData.IsPersonal(name).ShouldBeTrue();
        Masked($$$"""{"{{{name}}}":"Sara","booking":{"{{{name}}}":["Sara"]}}""").ShouldBe($$$"""{"{{{name}}}":"***","booking":{"{{{name}}}":"***"}}""");
    }

    [Theory]
    [InlineData("bookingId")]
    [InlineData("version")]
    [InlineData("traceparent")]
    [InlineData("x-travel-attempt")]
    [InlineData("routingKey")]
    [InlineData("hostname")]
    [InlineData("telemetry")]
    public void Another_field_is_not(string name)
    {
        PersonalData.IsPersonal(name).ShouldBeFalse();
        Masked($$"""{"{{name}}":"seven"}""").ShouldBe($$"""{"{{name}}":"seven"}""");
    }

    [Theory]
    [InlineData("Nobody is called sara.bekele+trips@example.org here", "Nobody is called *** here")]
    [InlineData("<o'neil@mail.example.co.uk>", "<***>")]
    [InlineData("call +251 911 23 45 67 now", "call *** now")]
    [InlineData("+251911234567", "***")]
    [InlineData("0911 234567", "***")]
    [InlineData("0911234567", "***")]
    [InlineData("(030) 1234567", "***")]
    [InlineData("123-456-7890", "***")]
    [InlineData("251911234567", "***")]
    public void Addresses_and_telephone_numbers_are_hidden_wherever_they_stand(string text, string masked)
    {
        PersonalData.MaskText(text).ShouldBe(masked);
        Masked(JsonSerializer.Serialize(new { subject = text })).ShouldContain("***");
    }

    [Theory]
    [InlineData("2026-11-20T09:30:00.1234567Z")]
    [InlineData("2026-12-24")]
    [InlineData("01990b60-12ab-7c3d-9e4f-5a6b7c8d9e0f")]
    [InlineData("00000000-0000-7000-8000-000000000001")]
    [InlineData("12345678-1234-7234-8234-123456789012")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("TRV-7KDM4QXR-9GQ2K7MXW4TD")]
    [InlineData("23505: duplicate key value violates unique constraint \"mails_event_id_kind_key\"")]
    [InlineData("No mail is known for 'booking.dreamt'.")]
    [InlineData("1250.00 ETB")]
    public void What_only_looks_like_it_stays(string text) => PersonalData.MaskText(text).ShouldBe(text);

    [Fact]
    public void Our_own_messages_hold_nothing_personal_and_stay_as_they_are()
    {
        IMessage[] messages =
        [
            new BookingDeclined(Guid.CreateVersion7(), 3, NightsGone: true, TimeProvider.System.GetUtcNow()),
            new PaymentNoticed("TRV-7KDM4QXR-9GQ2K7MXW4TD", SaysPaid: true, TimeProvider.System.GetUtcNow(), "RFD-01990b6134cd7e5f8a1b2c3d4e5f6a7b", "refunded"),
            new PaymentRefunded(Guid.CreateVersion7(), Guid.CreateVersion7(), 2, new Money(123_456_789_000, "ETB"), TimeProvider.System.GetUtcNow()),
        ];
        foreach (var message in messages)
        {
            var body = JsonSerializer.Serialize(message, message.GetType(), TravelJson.Options);
            Masked(body).ShouldBe(body);
        }
    }

    [Theory]
    [InlineData("""{"guestName":"Sara Bekele","version":1,""")]
    [InlineData("""{"a":{"guestName" : "Sara \"Bekele\""}""")]
    [InlineData("""before "guestName":"Sara""")]
    public void What_was_JSON_once_gives_no_name_away(string text) => PersonalData.Mask(text).ShouldNotContain("Sara");

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("null")]
    [InlineData("[[[[[[[[")]
    public void Garbage_is_no_reason_to_fail(string text) => PersonalData.Mask(text).ShouldNotBeNull();

    [Fact]
    public void However_long_it_is_it_does_not_take_long()
    {
        foreach (var text in new[] { new string('a', 20_000), new string('1', 20_000), string.Concat(Enumerable.Repeat("0 ", 10_000)), new string('"', 20_000), string.Concat(Enumerable.Repeat("a@", 10_000)) })
        {
            PersonalData.Mask(text).ShouldNotBe(PersonalData.Hidden);
        }
    }

    private static string Masked(string json) => JsonNode.Parse(PersonalData.Mask(json))!.ToJsonString(TravelJson.Options);
}
