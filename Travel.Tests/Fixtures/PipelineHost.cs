using System.Diagnostics;
using Aspire.Hosting.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;
using Travel.Api;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.ServiceDefaults;

namespace Travel.Tests.Fixtures;

/// <summary>The Api's own pipeline before endpoints that do nothing but answer, with limits that a test can reach.</summary>
internal sealed class PipelineHost : IAsyncDisposable
{
    public const string Partner = "https://partner.example";
    public const int Reads = 3;
    public const int Writes = 2;
    public const int LargestBodyBytes = 2048;

    private const string WebKey = "the-key-of-web-in-this-test";

    // Without anybody who listens there is no trace, and problems have nothing to name.
    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    private readonly WebApplication api;
    private int tokensRead;

    private PipelineHost(WebApplication api)
    {
        this.api = api;
        ActivitySource.AddActivityListener(listener);
    }

    public static async Task<PipelineHost> StartAsync(TravelGraph graph, IConnectionMultiplexer redis)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Web:ApiKey"] = WebKey;
        builder.Configuration["AccessTokens:SigningKey"] = TravelGraph.AccessTokenKey;
        builder.Configuration["Cors:Origins:0"] = Partner;
        builder.Configuration["Limits:ReadsPerMinute"] = $"{Reads}";
        builder.Configuration["Limits:WritesPerMinute"] = $"{Writes}";
        builder.Configuration["Limits:LargestBodyBytes"] = $"{LargestBodyBytes}";
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(redis);
        var database = await graph.App.GetConnectionStringAsync(ResourceNames.Database);
        builder.Services.AddDbContext<TravelDbContext>(options => options.UseNpgsql(database));
        builder.Services.ConfigureHttpJsonOptions(json => RequestJson.Apply(json.SerializerOptions));
        builder.Services.AddPipeline();
        builder.Services.AddAccounts();
        var host = new PipelineHost(builder.Build());
        host.CountTokens();
        host.Map();
        await host.api.StartAsync();
        return host;
    }

    /// <summary>For how many requests authentication has looked for a token.</summary>
    public int TokensRead => tokensRead;

    /// <summary>Somebody at this address, as Web says; and signed in, if anybody is named.</summary>
    public HttpClient Visitor(string address, User? person = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(api.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Travel-Web-Key", WebKey);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        if (person is not null)
        {
            client.DefaultRequestHeaders.Authorization = Persons.AuthorizationOf(person);
        }

        return client;
    }

    /// <summary>Somebody who comes by themselves and claims another address.</summary>
    public HttpClient Pretender(string address)
    {
        var client = new HttpClient { BaseAddress = new Uri(api.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        listener.Dispose();
    }

    private void CountTokens() => api.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme).Events =
        new JwtBearerEvents
        {
            OnMessageReceived = _ =>
            {
                Interlocked.Increment(ref tokensRead);
                return Task.CompletedTask;
            },
        };

    private void Map()
    {
        api.UsePipeline();
        api.MapGet("/open", () => "ok");
        api.MapGet("/boom", string () => throw new InvalidOperationException("This must not be shown."));
        api.MapGet("/twice", string () => throw new DbUpdateException("", new PostgresException("This must not be shown.", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation)));
        api.MapGet("/free", () => "ok").DisableRateLimiting();
        api.MapGet("/private", () => "ok").RequireAuthorization();
        api.MapPost("/write", () => "ok").RequireAuthorization();
        api.MapPost("/free", () => "ok").DisableRateLimiting();
        api.MapPost("/operate", () => "ok").RequireAuthorization(policy => policy.RequireRole("operator"));
        api.MapPost("/text", (Text text) => text.Words.Length);
        api.MapPost("/files", (Text text) => text.Words.Length).WithMetadata(new RequestSizeLimitAttribute(10 * LargestBodyBytes));
    }

    internal sealed record Text(string Words);
}
