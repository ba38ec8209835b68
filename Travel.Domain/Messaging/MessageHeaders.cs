using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>What a message carries beside its body. Ours that begin with <c>x-travel-</c> tell its history, as the broker's do.</summary>
public static class MessageHeaders
{
    /// <summary>How often the message has been tried before; 0 is the first time.</summary>
    public const string Attempt = "x-travel-attempt";

    /// <summary>Why it was given up, with what would tell who somebody is hidden.</summary>
    public const string Error = "x-travel-error";

    /// <summary>How often somebody gave it back to its queue after it had been given up.</summary>
    public const string Replays = "x-travel-replays";

    /// <summary>The broker's: how often it was handed out and came back without an answer.</summary>
    public const string DeliveryCount = "x-delivery-count";

    /// <summary>The broker's: from where it was moved on, and why; the last time first.</summary>
    public const string Deaths = "x-death";

    /// <summary>Its own account of why a message was moved on: of queues and reasons, and of nobody.</summary>
    public static bool IsOfBroker(string header) =>
        header == Deaths || header.StartsWith("x-first-death-", StringComparison.Ordinal) || header.StartsWith("x-last-death-", StringComparison.Ordinal);

    /// <returns>0 where there is none, or nothing that is a number of times.</returns>
    public static int TimesOf(IReadOnlyBasicProperties properties, string header) => ValueOf(properties, header) switch
    {
        sbyte or byte or short or ushort or int or uint or long => (int)Math.Clamp(Convert.ToInt64(ValueOf(properties, header), CultureInfo.InvariantCulture), 0, int.MaxValue - 1),
        _ => 0,
    };

    public static string? TextOf(IReadOnlyBasicProperties properties, string header) => ValueOf(properties, header) switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        _ => null,
    };

    /// <summary>Without those that tell what has become of it so far: as if it came for the first time.</summary>
    public static Dictionary<string, object?> WithoutHistory(IEnumerable<KeyValuePair<string, object?>> headers) =>
        headers.Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    internal static object? ValueOf(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) == true ? value : null;
}
