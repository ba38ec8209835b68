using Travel.Domain.Accounts;

namespace Travel.Domain.Mail;

/// <summary>Addresses as they are shown to people who need to tell them apart and not to write to them: <c>s***@travel.test</c>.</summary>
public static class MaskedAddress
{
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "***" : string.Concat(address.AsSpan(0, 1), "***", address.AsSpan(at));
    }

    /// <summary>The text, with every address in it masked: mail servers name whom they refuse.</summary>
    public static string In(string text) => EmailAddresses.InText().Replace(text, found => Of(found.Value));
}
