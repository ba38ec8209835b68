using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;
using Travel.ServiceDefaults;

namespace Travel.Tests.Fixtures;

/// <summary>A gateway that answers what a test says, on an address of this machine, and Travel's client of it with the pipeline that services have.</summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    public const string SecretKey = "CHASECK_TEST-secret-of-scripts";

    private readonly WebApplication gateway;
    private readonly WebApplication travel;
    private readonly ConcurrentQueue<string> seen = [];

    private ScriptedGateway(WebApplication gateway, WebApplication travel) => (this.gateway, this.travel) = (gateway, travel);

    /// <summary>What it does with a request; another with each test.</summary>
    public Func<HttpContext, Task> AnswerAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Method, path, body of each request.</summary>
    public IReadOnlyList<string> Seen => [.. seen];

    /// <summary>All that was logged, headers of requests too.</summary>
    public Lines Logged { get; private init; } = new();

    public ChapaClient Client => travel.Services.GetRequiredService<ChapaClient>();

    public static async Task<ScriptedGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var site = WebApplication.CreateSlimBuilder();
        site.WebHost.UseUrls("http://127.0.0.1:0");
        site.Logging.ClearProviders();
        var answering = site.Build();
        ScriptedGateway? scripted = null;
        answering.Run(context => scripted!.TakeAsync(context));
        await answering.StartAsync();

        var logged = new Lines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Staging:AllowDevelopmentValues"] = "true";
        builder.Configuration["OutgoingHttp:RetryDelay"] = "00:00:00.001";
        builder.Configuration["Chapa:Address"] = answering.Urls.Single() + "/v1";
        builder.Configuration["Chapa:SecretKey"] = SecretKey;
        builder.Configuration["Chapa:WebhookSecret"] = "the-webhook-secret-of-scripts";
        builder.Configuration["Chapa:WebAddress"] = "http://web.test";
        builder.Configuration["Chapa:ApiAddress"] = "http://api.test";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddServiceDefaults();
        builder.Services.AddPayments();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logged);
        return scripted = new ScriptedGateway(answering, builder.Build()) { Logged = logged };
    }

    /// <summary>Answers this, whatever it is asked.</summary>
    public void Says(int status, string body) => AnswerAsync = context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    public async ValueTask DisposeAsync()
    {
        await travel.DisposeAsync();
        await gateway.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        seen.Enqueue($"{context.Request.Method} {context.Request.Path} {await reader.ReadToEndAsync(context.RequestAborted)}".TrimEnd());
        await AnswerAsync(context);
    }

    /// <summary>Whatever is logged, by anybody, however fine.</summary>
    internal sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = [];

        public IReadOnlyList<string> All => [.. lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
