using System.Net.Http.Json;
using System.Text.Json;

namespace Travel.Tests.Fixtures;

internal sealed record ReceivedMail(string Subject, string Text, string Html, string MessageId, int Attachments);

/// <summary>The mail catcher, over maildev's REST API.</summary>
internal sealed class Mailbox(HttpClient client)
{
    public async Task<IReadOnlyList<ReceivedMail>> MailsAboutAsync(string reference)
    {
        var mails = await client.GetFromJsonAsync<JsonElement>("/email");
        return mails.EnumerateArray()
            .Where(mail => mail.GetProperty("subject").GetString()!.Contains(reference, StringComparison.Ordinal))
            .Select(mail => new ReceivedMail(
                mail.GetProperty("subject").GetString()!,
                mail.GetProperty("text").GetString()!,
                mail.GetProperty("html").GetString()!,
                mail.GetProperty("messageId").GetString()!,
                mail.TryGetProperty("attachments", out var attachments) && attachments.ValueKind == JsonValueKind.Array ? attachments.GetArrayLength() : 0))
            .ToList();
    }

    public Task<IReadOnlyList<ReceivedMail>> WaitForMailAboutAsync(string reference, TimeSpan? atMost = null) => Eventually.GetAsync(
        () => MailsAboutAsync(reference),
        mails => mails.Count > 0,
        atMost ?? TimeSpan.FromSeconds(30),
        $"A mail about {reference}");
}
