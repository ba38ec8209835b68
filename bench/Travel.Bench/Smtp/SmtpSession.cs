using System.Text;

namespace Travel.Bench.Smtp;

/// <summary>
/// The server's side of one SMTP connection (RFC 5321), line by line: takes every mail and keeps nothing of it but its Message-ID.
/// </summary>
/// <param name="received">Is told of each mail when its last line has come, before the sender hears that it was taken.</param>
internal sealed class SmtpSession(Action<string> received)
{
    public const string Greeting = "220 bench";

    private const string MessageId = "Message-ID:";
    private State state = State.Idle;
    private StringBuilder? field;
    private string? messageId;

    private enum State { Idle, HasSender, HasRecipient, InHeader, InBody }

    public bool IsOver { get; private set; }

    /// <param name="line">Without its line break.</param>
    /// <returns>What the server says to it, several lines perhaps; null when it goes on listening.</returns>
    public string? Answer(ReadOnlySpan<byte> line)
    {
        switch (state)
        {
            case State.InHeader or State.InBody when line is [(byte)'.']:
                return Taken();
            case State.InHeader:
                ReadHeader(line);
                return null;
            case State.InBody:
                return null;
            default:
                return AnswerCommand(Encoding.ASCII.GetString(line));
        }
    }

    private string AnswerCommand(string line)
    {
        switch ((line.Length < 4 ? line : line[..4]).ToUpperInvariant(), state)
        {
            case ("EHLO", _):
                state = State.Idle;
                return "250-bench\r\n250 8BITMIME";
            case ("HELO" or "RSET", _):
                state = State.Idle;
                return "250 bench";
            case ("NOOP", _):
                return "250 bench";
            case ("MAIL", State.Idle):
                state = State.HasSender;
                return "250 sender";
            case ("RCPT", State.HasSender or State.HasRecipient):
                state = State.HasRecipient;
                return "250 recipient";
            case ("DATA", State.HasRecipient):
                (state, messageId, field) = (State.InHeader, null, null);
                return "354 until a line with a dot";
            case ("QUIT", _):
                IsOver = true;
                return "221 bye";
            case ("MAIL" or "RCPT" or "DATA", _):
                return "503 not now";
            default:
                return "500 what?";
        }
    }

    /// <summary>A field may go on in lines that begin with a space (RFC 5322, 2.2.3); an empty line ends the header.</summary>
    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)' ' or (byte)'\t', ..])
        {
            field?.Append(Encoding.UTF8.GetString(line));
            return;
        }

        if (field is not null)
        {
            messageId = field.ToString().Trim();
            field = null;
        }

        if (line.IsEmpty)
        {
            state = State.InBody;
        }
        else if (line.Length >= MessageId.Length && Ascii.EqualsIgnoreCase(line[..MessageId.Length], MessageId))
        {
            field = new StringBuilder(Encoding.UTF8.GetString(line[MessageId.Length..]));
        }
    }

    private string Taken()
    {
        ReadHeader([]);
        state = State.Idle;
        if (messageId is null)
        {
            // Every mail of Travel has one; what has none cannot be told from another.
            return "554 no Message-ID";
        }

        received(messageId);
        return "250 taken";
    }
}
