using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.ServiceDefaults.Resilience;
using Travel.Web.TravelApi;

namespace Travel.Web.Accounts;

internal sealed class AccountsClient(ApiCall api)
{
    public Task<Reply<object>> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Post("accounts", request), cancellationToken);

    public Task<Reply<object>> VerifyAsync(string token, string password, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Post("accounts/verification", new VerifyAddressRequest(token, password)), cancellationToken);

    public Task<Reply<object>> SendVerificationMailAsync(string email, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Post("accounts/verification-mail", new AccountMailRequest(email)), cancellationToken);

    public Task<Reply<object>> SendPasswordResetAsync(string email, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Post("accounts/password-reset", new AccountMailRequest(email)), cancellationToken);

    public Task<Reply<object>> ResetPasswordAsync(string token, string password, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Put("accounts/password-reset", new ResetPasswordRequest(token, password)).Once(), cancellationToken);

    public Task<Reply<MeResponse>> MeAsync(CancellationToken cancellationToken) => api.SendAsync<MeResponse>(ApiCall.Get("me"), cancellationToken);

    public Task<Reply<MeResponse>> UpdateAsync(UpdateMeRequest request, CancellationToken cancellationToken) =>
        api.SendAsync<MeResponse>(ApiCall.Put("me", request), cancellationToken);

    public Task<Reply<MeResponse>> BecomeHostAsync(CancellationToken cancellationToken) =>
        api.SendAsync<MeResponse>(new HttpRequestMessage(HttpMethod.Post, "me/hosting"), cancellationToken);

    public Task<Reply<object>> ChangePasswordAsync(ChangePasswordRequest request, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Put("me/password", request).Once(), cancellationToken);

    public Task<Reply<AccountExport>> ExportAsync(CancellationToken cancellationToken) =>
        api.SendAsync<AccountExport>(ApiCall.Get("me/export"), cancellationToken);

    public Task<Reply<object>> EraseAsync(string password, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.With(HttpMethod.Delete, "me", new EraseMeRequest(password)).Once(), cancellationToken);

    public Task<Reply<Page<SessionSummary>>> SessionsAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<SessionSummary>>(ApiCall.Get(cursor is null ? "sessions" : "sessions?cursor=" + Uri.EscapeDataString(cursor)), cancellationToken);

    public Task<Reply<object>> EndSessionAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Delete($"sessions/{id}"), cancellationToken);

    public Task<Reply<object>> EndAllSessionsAsync(CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Delete("sessions"), cancellationToken);
}
