using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Travel.Domain.Payments;

namespace Travel.Tests.Payments;

public sealed class OutsideDevelopmentTests
{
    private const string Chapa = "https://api.chapa.co/v1";
    private const string LiveKey = "CHASECK-a-live-key-of-somebody";
    private const string TestKey = "CHASECK_TEST-a-key-that-takes-no-money";

    [Theory]
    [InlineData("Production", "http://localhost:5083/v1", LiveKey)]
    [InlineData("Production", "http://api.chapa.co/v1", LiveKey)]
    [InlineData("Production", "https://api.chapa.co:8443/v1", LiveKey)]
    [InlineData("Production", "https://api.chapa.co.example.org/v1", LiveKey)]
    [InlineData("Production", Chapa, TestKey)]
    [InlineData("Production", Chapa, "some-value-of-development")]
    [InlineData("Staging", Chapa, TestKey)]
    public async Task Without_Chapa_itself_and_a_live_key_nothing_starts_outside_development(string environment, string address, string key) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(environment, address, key))).Message.ShouldContain("Staging:AllowDevelopmentValues");

    [Theory]
    [InlineData("Production", Chapa, LiveKey, false)]
    [InlineData("Development", "http://localhost:5083/v1", TestKey, false)]
    [InlineData("Staging", "http://localhost:5083/v1", TestKey, true)]
    public async Task With_them_in_development_and_on_a_staging_system_that_says_so_it_starts(string environment, string address, string key, bool isStaging) =>
        await Should.NotThrowAsync(() => StartAsync(environment, address, key, isStaging));

    private static async Task StartAsync(string environment, string address, string key, bool isStaging = false)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Chapa:Address", address), new("Chapa:SecretKey", key), new("Chapa:WebhookSecret", "what-signs-webhooks"),
            new("Chapa:WebAddress", "https://travel.example.org"), new("Chapa:ApiAddress", "https://api.travel.example.org"),
            new("Staging:AllowDevelopmentValues", $"{isStaging}"),
        ]);
        builder.Services.AddPayments();
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }
}
