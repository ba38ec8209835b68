using System.Text.RegularExpressions;

namespace Travel.Tests.Fixtures;

internal static partial class MailedLinks
{
    /// <summary>The secret of the link in the mail.</summary>
    public static string Token(this ReceivedMail mail)
    {
        var link = Link().Match(mail.Text);
        link.Success.ShouldBeTrue(mail.Text);
        mail.Html.ShouldContain(link.Value);
        return link.Groups["token"].Value;
    }

    [GeneratedRegex("token=(?<token>[A-Za-z0-9_-]{43})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
