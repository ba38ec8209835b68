using System.Text.Json;
using Travel.Api.Errors;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Tests.Contracts;

public sealed class TravelJsonTests
{
    private const string Stay = """{"listingId":"0192f0c1-0000-7000-8000-000000000001","checkIn":"2026-12-24","checkOut":"2026-12-26","guests":2}""";

    [Fact]
    public void Names_are_camel_case_dates_are_plain_and_what_is_missing_is_null() =>
        JsonSerializer.Serialize(Read(Stay), TravelJson.Options).ShouldBe(Stay[..^1] + ""","note":null,"total":null}""");

    [Fact]
    public void An_instant_is_written_in_UTC_with_a_Z() =>
        JsonSerializer.Serialize(new DateTimeOffset(2026, 11, 20, 12, 30, 0, TimeSpan.FromHours(3)), TravelJson.Options)
            .ShouldBe("\"2026-11-20T09:30:00Z\"");

    [Theory]
    [InlineData("2026-11-20T09:30:00Z")]
    [InlineData("2026-11-20T12:30:00+03:00")]
    [InlineData("2026-11-20T09:30:00.000Z")]
    public void An_instant_is_read_with_its_offset(string instant) =>
        JsonSerializer.Deserialize<DateTimeOffset>($"\"{instant}\"", TravelJson.Options).ShouldBe(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("\"2026-11-20T09:30:00\"")]
    [InlineData("\"2026-11-20\"")]
    [InlineData("\"soon\"")]
    [InlineData("1795426200")]
    public void An_instant_without_an_offset_is_none(string instant) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(instant, TravelJson.Options));

    [Fact]
    public void A_local_time_is_hours_minutes_and_seconds() =>
        JsonSerializer.Serialize(new TimeOnly(14, 0), TravelJson.Options).ShouldBe("\"14:00:00\"");

    [Fact]
    public void An_enum_is_its_name_in_camel_case()
    {
        JsonSerializer.Serialize(PaymentMode.OnArrival, TravelJson.Options).ShouldBe("\"onArrival\"");
        JsonSerializer.Deserialize<PaymentMode>("\"onArrival\"", TravelJson.Options).ShouldBe(PaymentMode.OnArrival);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("\"cash\"")]
    public void An_enum_is_never_a_number_and_never_an_unknown_name(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<PaymentMode>(json, TravelJson.Options));

    [Fact]
    public void A_number_in_quotes_is_no_number() =>
        Should.Throw<JsonException>(() => Read(Stay.Replace("\"guests\":2", "\"guests\":\"2\"", StringComparison.Ordinal)));

    [Fact]
    public void What_another_version_has_added_is_passed_over_on_the_bus() =>
        Read(Stay[..^1] + ""","petName":"Rex"}""").Guests.ShouldBe(2);

    [Theory]
    [InlineData(""","petName":"Rex"}""")]
    [InlineData(""","checkOut":null}""")]
    [InlineData(""","note":"NUL \u0000"}""")]
    public void What_is_unknown_or_null_or_no_text_in_a_request_is_refused(string end) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<BookStayRequest>(Stay[..^1] + end, Requests()));

    [Fact]
    public void What_is_missing_in_a_request_is_refused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<BookStayRequest>("""{"guests":2}""", Requests()));

    private static BookStayRequest Read(string json) => JsonSerializer.Deserialize<BookStayRequest>(json, TravelJson.Options)!;

    private static JsonSerializerOptions Requests()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        RequestJson.Apply(options);
        return options;
    }
}
