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

    /// <summary>The SMTP server: <c>smtp://host:port</c>, and no user: see <see cref="UserName"/>. Required.</summary>
    [Required]
    public Uri? Server { get; set; }

    /// <summary>Whether to speak TLS with it; not by default, because the mail catcher does not.</summary>
    [EnumDataType(typeof(MailSecurity))]
    public MailSecurity Security { get; set; }

    /// <summary>As whom to sign in to it; nobody by default. Needs <see cref="Security"/>, unless the server is on this machine.</summary>
    public string? UserName { get; set; }

    /// <summary>The password that goes with it. A secret.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// Connections that are open at a time, in each worker, and kept between mails; what is more waits. Ten by default, as many as mails are in hand:
    /// eight that somebody waits for, and two others.
    /// </summary>
    [Range(1, 100)]
    public int MostConnections { get; set; } = 10;

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

    /// <summary>How long the SMTP server may take for one mail; waiting for a connection does not count. Twenty seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long one sender has a mail to itself. Must be longer than twice <see cref="Timeout"/>, for in it the mail is also written before, and noted
    /// after; a sender that dies delays its mail by this much. One minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:30:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Of what is not there is said elsewhere that it is required.</summary>
    internal bool IsSmtpAddress => Server is null || (Server.IsAbsoluteUri && Server.Scheme == "smtp" && Server.Port > 0);

    /// <summary>A password in an address would be in logs and traces with it.</summary>
    internal bool IsAddressOfNobody => Server is null || !Server.IsAbsoluteUri || Server.UserInfo.Length == 0;

    /// <summary>No other sender takes a mail up while the server still may.</summary>
    internal bool IsLongLease => Lease > 2 * Timeout;

    /// <summary>User name and password come together.</summary>
    internal bool IsWholeSignIn => string.IsNullOrEmpty(UserName) == string.IsNullOrEmpty(Password);

    /// <summary>Nobody on the way can read the password.</summary>
    internal bool IsSafeSignIn => string.IsNullOrEmpty(UserName) || Security == MailSecurity.StartTls || (Server is { IsAbsoluteUri: true } && Server.IsLoopback);
}
