using System.Text.RegularExpressions;

namespace Travel.Tests.Fixtures;

internal static partial class MailedLinks
{
    /// <summary>The secret of the link in the mail.</summary>
    public static string Token(this ReceivedMail mail) => mail.Find().Groups["token"].Value;

    /// <summary>The link itself, as its reader follows it.</summary>
    public static string Address(this ReceivedMail mail) => mail.Find().Value;

    private static Match Find(this ReceivedMail mail)
    {
        var link = Link().Match(mail.Text);
        link.Success.ShouldBeTrue(mail.Text);
        mail.Html.ShouldContain(link.Value);
        return link;
    }

    [GeneratedRegex("https?://\\S+[?]token=(?<token>[A-Za-z0-9_-]{43})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
