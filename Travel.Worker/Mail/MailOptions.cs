using System.ComponentModel.DataAnnotations;

namespace Travel.Worker.Mail;

/// <summary>How mails travel to the SMTP server.</summary>
internal enum MailSecurity
{
    /// <summary>As they are: for a server on this machine, or in a network that others protect.</summary>
    None,

    /// <summary>Over TLS (RFC 3207), or not at all.</summary>
    StartTls,
}

/// <summary>Where mail goes and whom it comes from. Section <c>Mail</c>; the server also from the connection string <c>mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The SMTP server: <c>smtp://host:port</c>. Required.</summary>
    [Required]
    public Uri? Server { get; set; }

    /// <summary>Whether to speak TLS with it; not by default, because the mail catcher does not.</summary>
    [EnumDataType(typeof(MailSecurity))]
    public MailSecurity Security { get; set; }

    /// <summary>As whom to sign in to it; nobody by default. Needs <see cref="Security"/>, unless the server is on this machine.</summary>
    public string? UserName { get; set; }

    /// <summary>The password that goes with it. A secret.</summary>
    public string? Password { get; set; }

    /// <summary>Connections that are open at a time, in each worker; 8 by default, as many as mails are in hand. They are kept between mails.</summary>
    [Range(1, 100)]
    public int MostConnections { get; set; } = 8;

    /// <summary>Mails a minute, in each worker; what is more waits. Unlimited by default, which is 0.</summary>
    [Range(0, 1_000_000)]
    public int MostPerMinute { get; set; }

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

    /// <summary>User name and password come together.</summary>
    internal bool IsWholeSignIn => string.IsNullOrEmpty(UserName) == string.IsNullOrEmpty(Password);

    /// <summary>Nobody on the way can read the password.</summary>
    internal bool IsSafeSignIn => string.IsNullOrEmpty(UserName) || Security == MailSecurity.StartTls || Server?.IsLoopback == true;
}
