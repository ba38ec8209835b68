using System.ComponentModel.DataAnnotations;

namespace Travel.Worker.Mail;

/// <summary>Where mail goes and whom it comes from. Section <c>Mail</c>; the server also from the connection string <c>mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The SMTP server: <c>smtp://host:port</c>. Required.</summary>
    [Required]
    public Uri? Server { get; set; }

    /// <summary>The sender's address; its domain is also that of the message ids.</summary>
    [Required, EmailAddress]
    public string From { get; set; } = "stays@travel.test";

    /// <summary>The sender's name.</summary>
    [Required]
    public string FromName { get; set; } = "Travel";

    /// <summary>Where people reach the web pages; links in mails begin with it. Required.</summary>
    [Required]
    public Uri? WebAddress { get; set; }

    /// <summary>How long the SMTP server may take for one mail. Thirty seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long one sender has a mail to itself. Must be longer than <see cref="Timeout"/>; a sender that dies delays its mail
    /// by this much. One minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:30:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);
}
