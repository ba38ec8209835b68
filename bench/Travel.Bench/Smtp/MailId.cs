namespace Travel.Bench.Smtp;

/// <summary>Which mail of which event: what the Worker makes its Message-IDs of, <c>&lt;{event}.{kind}@{host}&gt;</c>.</summary>
internal readonly record struct MailId(Guid EventId, string Kind)
{
    public static bool TryParse(string messageId, out MailId id)
    {
        id = default;
        var text = messageId.AsSpan().Trim().Trim("<>");
        var (dot, at) = (text.IndexOf('.'), text.LastIndexOf('@'));
        if (dot < 0 || at < dot || !Guid.TryParseExact(text[..dot], "N", out var eventId))
        {
            return false;
        }

        id = new MailId(eventId, text[(dot + 1)..at].ToString());
        return true;
    }

    public override string ToString() => $"{EventId:N}.{Kind}";
}

/// <summary>A mail has come, with this in its header, at this moment.</summary>
internal sealed record Arrival(string MessageId, DateTimeOffset At);
