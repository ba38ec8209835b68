using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Travel.Contracts.Availability;
using Travel.Domain.Calendars;

namespace Travel.Tests.Fixtures;

/// <summary>Another site with a calendar, on an address of this machine.</summary>
internal sealed class CalendarServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private CalendarServer(WebApplication app) => this.app = app;

    /// <summary>What it answers; a calendar without events at first.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync(CalendarOf());

    /// <summary>The requests it has seen.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    public int Port => new Uri(app.Urls.First()).Port;

    /// <summary>By the one name that may be fetched without TLS in development.</summary>
    public Uri Url => new($"http://localhost:{Port}/calendar.ics?secret=of-the-other-site");

    public static async Task<CalendarServer> StartAsync(string address = "127.0.0.1", int port = 0, bool tls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port, listen =>
        {
            if (tls)
            {
                listen.UseHttps(SelfSigned());
            }
        }));
        var site = builder.Build();
        var server = new CalendarServer(site);
        site.Run(context =>
        {
            server.Seen.Enqueue(context.Request.Path + context.Request.QueryString);
            return server.Answer(context);
        });
        await site.StartAsync();
        return server;
    }

    public void Says(params NightRange[] nights) => Answer = context => context.Response.WriteAsync(CalendarOf(nights));

    public static string CalendarOf(params NightRange[] nights) => CalendarText.Of(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Elsewhere//EN",
        .. nights.SelectMany(range => new[]
        {
            "BEGIN:VEVENT",
            $"UID:{CalendarText.Date(range.From)}@elsewhere.example",
            $"DTSTART;VALUE=DATE:{CalendarText.Date(range.From)}",
            $"DTEND;VALUE=DATE:{CalendarText.Date(range.To)}",
            "SUMMARY:Reserved",
            "END:VEVENT",
        }),
        "END:VCALENDAR",
    ]);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }
}
