using System.Text;
using RabbitMQ.Client;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;

namespace Travel.Tests.Messaging;

public sealed class DeadLetterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"bookingId":"01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8"}"""u8.ToArray();

    [Fact]
    public void It_knows_all_that_the_message_said_of_itself()
    {
        var letter = DeadLetter.Of("mail", Properties(), Body, Now);

        (letter.Queue, letter.MessageId, letter.RoutingKey, letter.ContentType).ShouldBe(("mail", "m-1", "booking.declined", "application/json"));
        (letter.Attempts, letter.Replays, letter.Error).ShouldBe((6, 0, "JsonException: no"));
        (letter.PublishedAt, letter.DiedAt, letter.State).ShouldBe((Now.AddHours(-2), Now, DeadLetterState.Waiting));
        letter.Body.ShouldBe(Body);
    }

    [Fact]
    public void Replayed_it_goes_out_as_it_first_came_with_one_life_more_behind_it()
    {
        var properties = Properties();
        properties.Headers![MessageHeaders.Replays] = 1;

        var again = DeadLetter.Of("mail", properties, Body, Now).ToProperties();

        (again.MessageId, again.Type, again.ContentType, again.DeliveryMode, again.Timestamp.UnixTime)
            .ShouldBe(("m-1", "booking.declined", "application/json", DeliveryModes.Persistent, Now.AddHours(-2).ToUnixTimeSeconds()));
        again.Headers.ShouldNotBeNull().ToDictionary(header => header.Key, header => header.Value?.ToString()).ShouldBe(
            new Dictionary<string, string?> { ["traceparent"] = "00-1-2-01", ["ours"] = "7", [MessageHeaders.Replays] = "2" }, ignoreOrder: true);
    }

    [Fact]
    public void What_the_broker_gave_up_says_so()
    {
        var properties = new BasicProperties
        {
            MessageId = "m-1",
            Headers = new Dictionary<string, object?>
            {
                [MessageHeaders.Deaths] = new List<object?>
                {
                    new Dictionary<string, object?> { ["reason"] = "delivery_limit"u8.ToArray(), ["count"] = 1L },
                    new Dictionary<string, object?> { ["reason"] = "expired"u8.ToArray(), ["count"] = 3L },
                },
            },
        };

        DeadLetter.Of("mail", properties, Body, Now).Error.ShouldBe("The broker gave it up: delivery_limit.");
    }

    [Fact]
    public void Of_two_messages_without_an_id_only_those_with_the_same_body_are_the_same()
    {
        IdOf("one").ShouldBe(IdOf("one"));
        IdOf("one").ShouldNotBe(IdOf("two"));

        static string IdOf(string body) => DeadLetter.Of("mail", new BasicProperties(), Encoding.UTF8.GetBytes(body), Now).MessageId;
    }

    [Fact]
    public void What_is_no_message_of_ours_is_dead_all_the_more()
    {
        object? deep = "end";
        for (var level = 0; level < 100; level++)
        {
            deep = new Dictionary<string, object?> { ["in"] = deep };
        }

        var garbage = new BasicProperties
        {
            MessageId = "zero\0" + new string('m', 250),
            Type = "a\0b",
            Timestamp = new AmqpTimestamp(long.MaxValue),
            Headers = new Dictionary<string, object?>
            {
                [MessageHeaders.Attempt] = -3, [MessageHeaders.Replays] = long.MaxValue, [MessageHeaders.Error] = 7, [MessageHeaders.Deaths] = "none"u8.ToArray(),
                ["deep"] = deep, ["bytes"] = new byte[] { 0, 0xff, 0xfe }, ["number"] = double.NaN, ["nothing"] = null, ["list"] = new List<object?> { 1, "two"u8.ToArray() },
            },
        };

        var letter = DeadLetter.Of("mail", garbage, new byte[] { 0, 0xff }, Now);

        (letter.Attempts, letter.PublishedAt, letter.Error, letter.RoutingKey).ShouldBe((1, null, null, "a b"));
        letter.MessageId.ShouldNotContain('\0');
        letter.Headers.ShouldNotContain('\0');
        Should.NotThrow(letter.ToProperties);
    }

    [Fact]
    public void What_is_said_at_length_is_not_cut_in_the_middle_of_a_character()
    {
        var properties = Properties();
        properties.Headers![MessageHeaders.Error] = Encoding.UTF8.GetBytes(new string('x', DeadLetter.LongestError - 1) + "🛏 and more");

        DeadLetter.Of("mail", properties, Body, Now).Error.ShouldBe(new string('x', DeadLetter.LongestError - 1));
    }

    [Fact]
    public void What_is_settled_is_not_settled_again()
    {
        var letter = DeadLetter.Of("mail", Properties(), Body, Now);
        letter.Drop(Guid.NewGuid(), "A test.", Now);

        Should.Throw<InvalidOperationException>(() => letter.Replay(Guid.NewGuid(), Now));
        (letter.State, letter.Reason).ShouldBe((DeadLetterState.Dropped, "A test."));
    }

    private static BasicProperties Properties() => new()
    {
        MessageId = "m-1",
        Type = "booking.declined",
        ContentType = "application/json",
        Timestamp = new AmqpTimestamp(Now.AddHours(-2).ToUnixTimeSeconds()),
        Headers = new Dictionary<string, object?>
        {
            ["traceparent"] = "00-1-2-01"u8.ToArray(),
            ["ours"] = 7,
            [MessageHeaders.Attempt] = 5,
            [MessageHeaders.Error] = "JsonException: no"u8.ToArray(),
            ["x-first-death-queue"] = "mail.retry.2s"u8.ToArray(),
        },
    };
}
