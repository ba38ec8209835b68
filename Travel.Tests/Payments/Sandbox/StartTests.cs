using System.Net;
using Microsoft.Extensions.Options;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class StartTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task It_does_not_start_outside_development(string environment) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => SandboxHost.StartAsync(environment: environment))).Message.ShouldContain("Sandbox:AllowOutsideDevelopment");

    [Fact]
    public async Task It_starts_on_a_staging_system_that_says_so()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { ["AllowOutsideDevelopment"] = "true" }, environment: "Staging");

        (await sandbox.PaidAsync("paid")).TxRef.ShouldBe("paid");
    }

    [Theory]
    [InlineData("SecretKey", null)]
    [InlineData("SecretKey", "CHASECK-a-live-key-of-somebody")]
    [InlineData("SecretKey", "CHASECK_TEST-short")]
    [InlineData("WebhookSecret", null)]
    [InlineData("WebhookSecret", "short")]
    [InlineData("WebhookAddress", "/webhooks")]
    [InlineData("WebhookAddress", "ftp://travel.test/")]
    [InlineData("PublicAddress", "pay.travel.test")]
    [InlineData("WebhookRetryAfter", "00:00:00")]
    [InlineData("WebhookAttempts", "0")]
    [InlineData("RefundTakes", "-00:00:01")]
    public async Task It_does_not_start_with_a_setting_that_cannot_be(string name, string? value) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => SandboxHost.StartAsync(new() { [name] = value }))).Message.ShouldContain(name);

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task It_says_that_it_is_well(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        (await sandbox.Anybody.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
