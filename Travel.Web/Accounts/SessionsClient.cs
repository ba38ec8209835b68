using Travel.Contracts.Accounts;
using Travel.Web.TravelApi;

namespace Travel.Web.Accounts;

internal sealed class SessionsClient(ApiCall api)
{
    public Task<Reply<SessionResponse>> SignInAsync(string email, string password, CancellationToken cancellationToken) =>
        api.SendAsync<SessionResponse>(ApiCall.Post("sessions", new SignInRequest(email, password)), cancellationToken);

    /// <summary>Spends the refresh token. Not cancellable: an answer that nobody waits for is a session lost.</summary>
    public Task<Reply<SessionResponse>> RefreshAsync(string refreshToken) =>
        api.SendAsync<SessionResponse>(ApiCall.Post("sessions/refresh", new RefreshSessionRequest(refreshToken)), CancellationToken.None);

    /// <summary>Ends the session whose access token this request carries.</summary>
    public Task SignOutAsync(CancellationToken cancellationToken) =>
        api.SendAsync<object>(new HttpRequestMessage(HttpMethod.Delete, "sessions/current"), cancellationToken);
}
