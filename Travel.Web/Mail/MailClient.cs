using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Web.TravelApi;

namespace Travel.Web.Mail;

internal sealed class MailClient(ApiCall api)
{
    private const string Mails = "operations/mails";
    private const string Suppressions = "operations/mail/suppressions";

    public Task<Reply<object>> UnsubscribeAsync(string token, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Post("mail/unsubscription", new UnsubscribeRequest(token)), cancellationToken);

    public Task<Reply<Page<MailSummary>>> FindAsync(MailSearch search, CancellationToken cancellationToken) =>
        api.SendAsync<Page<MailSummary>>(ApiCall.Get(search.At(Mails)), cancellationToken);

    /// <param name="idempotencyKey">One per form shown: however often the form is sent, it is one mail.</param>
    public Task<Reply<ResendMailResponse>> ResendAsync(Guid mail, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Mails}/{mail}/resend");
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return api.SendAsync<ResendMailResponse>(request, cancellationToken);
    }

    public Task<Reply<Page<SuppressionResponse>>> SuppressionsAsync(MailSearch search, CancellationToken cancellationToken) =>
        api.SendAsync<Page<SuppressionResponse>>(ApiCall.Get(search.At(Suppressions)), cancellationToken);

    public Task<Reply<SuppressionResponse>> SuppressAsync(SuppressAddressRequest suppression, CancellationToken cancellationToken) =>
        api.SendAsync<SuppressionResponse>(ApiCall.Put(Suppressions, suppression), cancellationToken);

    public Task<Reply<object>> LiftAsync(Guid suppression, LiftSuppressionRequest lift, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.With(HttpMethod.Delete, $"{Suppressions}/{suppression}", lift), cancellationToken);
}
