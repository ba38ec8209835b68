using System.Net;
using System.Net.Http.Json;
using System.Text;
using Travel.PaymentSandbox;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class FaultsApiTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task Nothing_is_played_at_first() => (await PlayedAsync()).ShouldBe(new FaultSet());

    [Fact]
    public async Task What_is_put_is_the_whole_set()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookLost = true, WebhookCopies = 2 });
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 500 });

        (await PlayedAsync()).ShouldBe(new FaultSet { VerifyStatus = 500 });
    }

    [Fact]
    public async Task A_payment_has_its_own_faults_or_everybodys()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookLost = true });
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 500 }, "own");

        (await PlayedAsync("own")).ShouldBe(new FaultSet { VerifyStatus = 500 });
        (await PlayedAsync("other")).ShouldBe(new FaultSet { WebhookLost = true });
    }

    [Fact]
    public async Task The_faults_of_one_payment_can_be_cleared_alone()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookLost = true });
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 500 }, "own");
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 501 }, "other");

        (await sandbox.Anybody.DeleteAsync(new Uri("/sandbox/faults/own", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await PlayedAsync("own")).ShouldBe(new FaultSet { WebhookLost = true });
        (await PlayedAsync("other")).ShouldBe(new FaultSet { VerifyStatus = 501 });
    }

    [Fact]
    public async Task All_faults_can_be_cleared_at_once()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookLost = true });
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 500 }, "own");

        await sandbox.PlayNoFaultsAsync();

        (await PlayedAsync()).ShouldBe(new FaultSet());
        (await PlayedAsync("own")).ShouldBe(new FaultSet());
    }

    [Theory]
    [InlineData("""{"unpaidVerify":"notPaid404","unknownVerify":"invalid400","refundBy":"txRef","webhookSignature":"staticHeaderOnly"}""", HttpStatusCode.OK)]
    [InlineData("""{"unpaidVerify":"pending200","unknownVerify":"notFound404","refundBy":"reference","webhookSignature":"otherKey"}""", HttpStatusCode.OK)]
    [InlineData("""{"webhookDelay":"00:00:05","refundEnds":"reversed","refundBy":"either","webhookSignature":"none"}""", HttpStatusCode.OK)]
    [InlineData("""{"webhookCopys":2}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"webhookSignature":"bad"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"webhookSignature":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"webhookCopies":0}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"verifyStatus":200}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"webhookDelay":"-00:00:01"}""", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_played_is_refused(string json, HttpStatusCode status)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        using var answer = await sandbox.Anybody.PutAsync(new Uri("/sandbox/faults", UriKind.Relative), body);

        answer.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK)
        {
            (await PlayedAsync()).ShouldBe(new FaultSet());
        }
    }

    private async Task<FaultSet?> PlayedAsync(string? txRef = null) =>
        await sandbox.Anybody.GetFromJsonAsync<FaultSet>(txRef is null ? "/sandbox/faults" : $"/sandbox/faults/{txRef}", SandboxJson.Options);
}
