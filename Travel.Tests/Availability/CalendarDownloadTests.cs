using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Travel.Domain.Availability.Importing;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

public sealed class CalendarDownloadTests : IAsyncLifetime
{
    private const string Site = "calendar.example";
    private static readonly IPAddress Public = IPAddress.Parse("8.8.8.8");
    private CalendarServer server = null!;

    public async Task InitializeAsync() => server = await CalendarServer.StartAsync();

    public Task DisposeAsync() => server.DisposeAsync().AsTask();

    [Fact]
    public async Task A_calendar_is_fetched() => (await FetchAsync()).ShouldBeOfType<CalendarDownloadOutcome.Fetched>().Text.ShouldContain("END:VCALENDAR");

    [Fact]
    public async Task A_name_that_leads_anywhere_but_to_the_internet_is_not_followed()
    {
        // Public beside private too: which of them is connected to is not for others to choose.
        var outcome = await new CalendarDownload(Options.Create(new ImportOptions()), (_, _) => Task.FromResult<IPAddress[]>([Public, IPAddress.Loopback]))
            .ExecuteAsync($"https://{Site}/a.ics", CancellationToken.None);

        outcome.ShouldBe(new CalendarDownloadOutcome.Failed(CalendarAddress.NotPublic));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_gains_nothing()
    {
        await using var inside = await CalendarServer.StartAsync("127.0.0.2", server.Port);
        server.Answer = context =>
        {
            if (context.Request.Path == "/moved.ics")
            {
                return context.Response.WriteAsync(CalendarServer.CalendarOf());
            }

            // Closed, so that the second request needs a connection of its own.
            context.Response.Headers.Connection = "close";
            context.Response.Redirect("/moved.ics");
            return Task.CompletedTask;
        };
        var asked = 0;

        var outcome = await FetchAsync(resolve: () => ++asked == 1 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2"));

        outcome.ShouldBeOfType<CalendarDownloadOutcome.Fetched>();
        asked.ShouldBe(1);
        server.Seen.Count.ShouldBe(2);
        inside.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://169.254.169.254/secrets")]
    [InlineData("//elsewhere.example/a.ics")]
    [InlineData("http://elsewhere.example:{port}/a.ics")]
    [InlineData("https://calendar.example/a.ics")]
    [InlineData("//")]
    [InlineData("http://xn--%C3%A9.org/a.ics")]
    public async Task A_redirect_to_another_host_is_not_followed(string location)
    {
        server.Answer = context =>
        {
            context.Response.Redirect(location.Replace("{port}", $"{server.Port}", StringComparison.Ordinal));
            return Task.CompletedTask;
        };

        (await FailureAsync()).ShouldContain("redirects to another host");
        server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_without_end_has_one()
    {
        server.Answer = context =>
        {
            context.Response.Redirect("/again.ics");
            return Task.CompletedTask;
        };

        (await FailureAsync()).ShouldContain("again and again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_large_is_not_read_to_its_end_whether_it_says_so_or_not(bool says)
    {
        server.Answer = async context =>
        {
            if (says)
            {
                // And nothing more: whoever waits for the rest waits for too long.
                context.Response.ContentLength = 1L << 40;
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            }

            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[65536], context.RequestAborted);
            }
        };

        (await FailureAsync()).ShouldContain("larger than 1024 KiB");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_that_takes_its_time_is_not_waited_for(bool begins)
    {
        server.Answer = async context =>
        {
            if (begins)
            {
                await context.Response.WriteAsync("BEGIN:VCALENDAR\r\n");
            }

            await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
        };
        var watch = Stopwatch.StartNew();

        (await FailureAsync(timeout: TimeSpan.FromMilliseconds(300))).ShouldContain("longer than 0.3 seconds");

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_packed_answer_is_not_unpacked()
    {
        server.Answer = context =>
        {
            context.Request.Headers.AcceptEncoding.ToString().ShouldBe("identity");
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(new byte[100]).AsTask();
        };

        (await FailureAsync()).ShouldContain("packed");
    }

    [Fact]
    public async Task Nothing_of_ours_goes_along()
    {
        var sent = new List<string>();
        server.Answer = context =>
        {
            sent.AddRange(context.Request.Headers.Select(header => header.Key));
            return context.Response.WriteAsync(CalendarServer.CalendarOf());
        };
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var around = new Activity("around").Start();

        await FetchAsync();

        sent.ShouldBe(["Accept", "Accept-Encoding", "Host", "User-Agent"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(404, "status 404")]
    [InlineData(500, "status 500")]
    public async Task Another_answer_than_a_calendar_is_told(int status, string told)
    {
        server.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        (await FailureAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task A_host_that_cannot_prove_who_it_is_is_not_believed()
    {
        await using var secure = await CalendarServer.StartAsync(tls: true);

        (await FailureAsync($"https://{Site}:{secure.Port}/a.ics")).ShouldContain("certificate");
        secure.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_nobody_has_and_a_port_that_nobody_listens_on_are_told()
    {
        var unknown = await new CalendarDownload(Options.Create(new ImportOptions()), (_, _) => throw new SocketException((int)SocketError.HostNotFound))
            .ExecuteAsync($"https://{Site}/a.ics", CancellationToken.None);
        var gone = await CalendarServer.StartAsync();
        var port = gone.Port;
        await gone.DisposeAsync();

        unknown.ShouldBe(new CalendarDownloadOutcome.Failed("There is no such host."));
        (await FailureAsync($"http://{Site}:{port}/a.ics")).ShouldContain("did not answer");
    }

    [Theory]
    [InlineData("https://xn--é.org/")]
    [InlineData("https:///a.ics")]
    public async Task A_host_that_can_be_nowhere_is_told_and_not_looked_for(string url) =>
        (await FailureAsync(url)).ShouldStartWith("Is not an address");

    [Theory]
    [InlineData(253, "There is no such host.")]
    [InlineData(254, "Is not an address like https://example.org/calendar.ics.")]
    [InlineData(255, "Is not an address like https://example.org/calendar.ics.")]
    public async Task A_name_longer_than_a_name_can_be_is_not_looked_for(int length, string told)
    {
        var host = string.Concat(Enumerable.Repeat(new string('a', 49) + ".", 5)) + new string('b', length - 250);

        var outcome = await new CalendarDownload(Options.Create(new ImportOptions()), (_, _) => throw new SocketException((int)SocketError.HostNotFound))
            .ExecuteAsync($"https://{host}/a.ics", CancellationToken.None);

        outcome.ShouldBe(new CalendarDownloadOutcome.Failed(told));
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task Hosts_that_may_be_anywhere_are_for_development_alone(string environment, bool starts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("Imports:AllowedHosts:0", "localhost")]);
        builder.Services.AddImports();
        using var host = builder.Build();

        var start = () => host.StartAsync();

        if (starts)
        {
            await start();
            await host.StopAsync();
        }
        else
        {
            (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain("Imports:AllowedHosts");
        }
    }

    private async Task<string> FailureAsync(string? url = null, TimeSpan? timeout = null) =>
        (await FetchAsync(url, timeout)).ShouldBeOfType<CalendarDownloadOutcome.Failed>().Problem;

    private Task<CalendarDownloadOutcome> FetchAsync(string? url = null, TimeSpan? timeout = null, Func<IPAddress>? resolve = null) =>
        new CalendarDownload(
                Options.Create(new ImportOptions { AllowedHosts = [Site], Timeout = timeout ?? TimeSpan.FromSeconds(10) }),
                (_, _) => Task.FromResult<IPAddress[]>([resolve?.Invoke() ?? IPAddress.Loopback]))
            .ExecuteAsync(url ?? $"http://{Site}:{server.Port}/a.ics", CancellationToken.None);
}
