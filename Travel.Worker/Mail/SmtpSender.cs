using System.Diagnostics;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;
using Travel.Domain.Bookings;

namespace Travel.Worker.Mail;

/// <param name="MessageId">The part before the @; the same for each attempt at the same mail.</param>
/// <param name="Calendar">The .ics that goes with it, if one does.</param>
/// <param name="OneClickUnsubscribe">Where a POST stops mails like this one (RFC 8058), if it can be stopped.</param>
internal sealed record OutgoingMail(
    string MessageId, string ToAddress, string ToName, string Subject, string Html, string Text, CalendarFile? Calendar, Uri? OneClickUnsubscribe = null);

/// <summary>
/// The mail server did not take a mail. Says what it answered as a code alone, and has no inner exception: exceptions are logged, and what
/// servers say often names the recipient.
/// </summary>
internal sealed class MailNotTakenException(SmtpException exception) : Exception($"The mail server did not take the mail: {exception.StatusCode}.")
{
    /// <summary>See <see cref="Refusals"/>.</summary>
    public bool IsOfRecipientForGood { get; } = Refusals.IsOfRecipientForGood(exception);

    /// <summary>What the server said, for the mail's own row.</summary>
    public string Words { get; } = exception.GetBaseException().Message;
}

/// <summary>Hands mails to the SMTP server. System.Net.Mail, because MailKit is not on every feed.</summary>
internal sealed class SmtpSender(IOptions<MailOptions> options)
{
    private static readonly ActivitySource Source = new("Travel.Mail");

    /// <exception cref="MailNotTakenException">The server did not take it.</exception>
    /// <exception cref="TimeoutException">The server did not answer in time; whether it took the mail is not known.</exception>
    public async Task SendAsync(OutgoingMail mail, SmtpConnections.Place place, CancellationToken cancellationToken)
    {
        var server = options.Value.Server!;
        using var activity = Source.StartActivity("smtp send", ActivityKind.Client);
        activity?.SetTag("server.address", server.Host).SetTag("server.port", server.Port).SetTag("travel.mail.message_id", mail.MessageId);
        using var message = Compose(mail);
        try
        {
            await place.SendAsync(message, cancellationToken);
        }
        catch (TimeoutException)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        catch (SmtpException exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.StatusCode.ToString());
            throw new MailNotTakenException(exception);
        }
    }

    private System.Net.Mail.MailMessage Compose(OutgoingMail mail)
    {
        var from = new MailAddress(options.Value.From, Shown(options.Value.FromName), Encoding.UTF8);
        var message = new System.Net.Mail.MailMessage(from, new MailAddress(mail.ToAddress, Shown(mail.ToName), Encoding.UTF8))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
        };
        message.Headers["Message-ID"] = $"<{mail.MessageId}@{from.Host}>";
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (mail.OneClickUnsubscribe is { } unsubscribe)
        {
            message.Headers["List-Unsubscribe"] = $"<{unsubscribe.AbsoluteUri}>";
            message.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        message.AlternateViews.Add(View(mail.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(mail.Html, MediaTypeNames.Text.Html));
        if (mail.Calendar is { } calendar)
        {
            message.Attachments.Add(Attached(calendar));
        }

        return message;
    }

    /// <summary>A name between the quotation marks of a header, into which System.Net.Mail puts it as it is.</summary>
    private static string Shown(string name) => name.Replace("\\", "", StringComparison.Ordinal).Replace('"', '\'');

    private static Attachment Attached(CalendarFile calendar)
    {
        var type = new ContentType($"text/calendar; charset=utf-8; method={calendar.Method}") { Name = "stay.ics" };
        return new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text)), type) { TransferEncoding = TransferEncoding.Base64 };
    }

    private static AlternateView View(string content, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }
}
