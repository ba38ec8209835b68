using System.Net.Http.Json;
using System.Text.Json;
using Travel.Bench.Smtp;

namespace Travel.Tests.Fixtures;

internal sealed record ReceivedMail(string Subject, string Text, string Html, string MessageId, int Attachments);

/// <summary>The mail catcher, over maildev's REST API.</summary>
internal sealed class Mailbox(HttpClient client)
{
    /// <summary>To whoever it is.</summary>
    public Task<IReadOnlyList<ReceivedMail>> MailsAboutAsync(string reference) => MailsAsync(mail => IsAbout(mail, reference));

    public Task<IReadOnlyList<ReceivedMail>> MailsAboutAsync(string reference, string to) => MailsAsync(mail => IsAbout(mail, reference) && IsTo(mail, to));

    public Task<IReadOnlyList<ReceivedMail>> MailsToAsync(string address) => MailsAsync(mail => IsTo(mail, address));

    /// <summary>Those to anybody in this domain, as they came.</summary>
    public async Task<IReadOnlyList<Arrival>> ArrivalsAsync(string domain)
    {
        var mails = await client.GetFromJsonAsync<JsonElement>("/email");
        return
        [
            .. mails.EnumerateArray()
                .Where(mail => mail.GetProperty("to").EnumerateArray().Any(to => to.GetProperty("address").GetString()!.EndsWith("@" + domain, StringComparison.Ordinal)))
                .Select(mail => new Arrival(mail.GetProperty("messageId").GetString()!, mail.GetProperty("time").GetDateTimeOffset())),
        ];
    }

    /// <summary>The newest mail to an address with this subject, once there are as many.</summary>
    public async Task<ReceivedMail> WaitForMailToAsync(string address, string subject, int count = 1) => (await Eventually.GetAsync(
        async () => (await MailsToAsync(address)).Where(mail => mail.Subject == subject).ToList(),
        mails => mails.Count >= count,
        TimeSpan.FromSeconds(30),
        $"Mail {count} with the subject {subject}"))[^1];

    private async Task<IReadOnlyList<ReceivedMail>> MailsAsync(Func<JsonElement, bool> which)
    {
        var mails = await client.GetFromJsonAsync<JsonElement>("/email");
        return mails.EnumerateArray()
            .Where(which)
            .Select(mail => new ReceivedMail(
                mail.GetProperty("subject").GetString()!,
                mail.GetProperty("text").GetString()!,
                mail.GetProperty("html").GetString()!,
                mail.GetProperty("messageId").GetString()!,
                mail.TryGetProperty("attachments", out var attachments) && attachments.ValueKind == JsonValueKind.Array ? attachments.GetArrayLength() : 0))
            .ToList();
    }

    /// <summary>Those to the demo guest; a host gets others about the same booking.</summary>
    public Task<IReadOnlyList<ReceivedMail>> WaitForMailAboutAsync(string reference, TimeSpan? atMost = null) => Eventually.GetAsync(
        () => MailsAboutAsync(reference, TravelGraph.GuestEmail),
        mails => mails.Count > 0,
        atMost ?? TimeSpan.FromSeconds(30),
        $"A mail about {reference}");

    /// <summary>
    /// The one mail to whoever it is whose subject begins so. Those of what is over before its mail is written may come or not, so mails
    /// are not counted.
    /// </summary>
    public async Task<ReceivedMail> WaitForMailAboutAsync(string reference, string subject) => (await Eventually.GetAsync(
        async () => (await MailsAboutAsync(reference)).Where(mail => mail.Subject.StartsWith(subject, StringComparison.Ordinal)).ToList(),
        mails => mails.Count > 0,
        TimeSpan.FromSeconds(30),
        $"{subject}, about {reference}")).ShouldHaveSingleItem();

    private static bool IsAbout(JsonElement mail, string reference) => mail.GetProperty("subject").GetString()!.Contains(reference, StringComparison.Ordinal);

    private static bool IsTo(JsonElement mail, string address) =>
        mail.GetProperty("to").EnumerateArray().Any(to => to.GetProperty("address").GetString() == address);
}
