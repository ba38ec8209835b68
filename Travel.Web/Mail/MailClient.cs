using Travel.Contracts.Operations;
using Travel.Web.TravelApi;

namespace Travel.Web.Mail;

internal sealed class MailClient(ApiCall api)
{
    public Task<Reply<object>> UnsubscribeAsync(string token, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Post("mail/unsubscription", new UnsubscribeRequest(token)), cancellationToken);
}
