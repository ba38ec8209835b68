using System.Net;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class SecretKeyTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/transaction/initialize")]
    [InlineData("GET", "/v1/transaction/verify/x")]
    [InlineData("PUT", "/v1/transaction/cancel/x")]
    [InlineData("GET", "/v1/transaction/events/x")]
    [InlineData("GET", "/v1/transactions")]
    [InlineData("POST", "/v1/refund/x")]
    [InlineData("GET", "/v1/refund/x/verify")]
    [InlineData("GET", "/v1/banks")]
    [InlineData("GET", "/v1/currency_supported")]
    public async Task Nothing_is_answered_without_the_key(string method, string path)
    {
        (await AnswerAsync(method, path, authorization: null)).ShouldBeRefusal(HttpStatusCode.Unauthorized, "Authorization required");
        (await AnswerAsync(method, path, "Bearer CHASECK_TEST-of-somebody-else")).ShouldBeRefusal(HttpStatusCode.Unauthorized, "Invalid API Key or User doesn't exist");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Basic " + SandboxHost.SecretKey)]
    [InlineData(SandboxHost.SecretKey)]
    public async Task What_is_no_bearer_token_is_no_authorization(string authorization) =>
        (await AnswerAsync("GET", "/v1/banks", authorization)).ShouldBeRefusal(HttpStatusCode.Unauthorized, "Authorization required");

    [Theory]
    [InlineData("CHAPUBK_TEST-of-this-test")]
    [InlineData("CHASECK-of-this-test")]
    [InlineData(SandboxHost.SecretKey + "x")]
    public async Task No_other_key_is_known(string key) =>
        (await AnswerAsync("GET", "/v1/banks", "Bearer " + key)).ShouldBeRefusal(HttpStatusCode.Unauthorized, "Invalid API Key or User doesn't exist");

    [Fact]
    public async Task A_live_key_cannot_verify_a_test_payment()
    {
        await sandbox.PaidAsync("test-payment");

        (await AnswerAsync("GET", "/v1/transaction/verify/test-payment", "Bearer CHASECK-of-this-test"))
            .ShouldBeRefusal(HttpStatusCode.Unauthorized, "Live secret keys can't be used to verify a test transaction");
    }

    [Fact]
    public async Task A_test_key_cannot_verify_a_live_payment()
    {
        await sandbox.PaidAsync("live-payment");
        await sandbox.PlayAsync(new FaultSet { VerifyRefusesKey = true }, "live-payment");

        (await sandbox.VerifyAsync("live-payment")).ShouldBeRefusal(HttpStatusCode.Unauthorized, "Test secret keys can't be used to verify a live transaction");
    }

    private async Task<GatewayAnswer> AnswerAsync(string method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
        }

        return await GatewayAnswer.OfAsync(await sandbox.Anybody.SendAsync(request));
    }
}
