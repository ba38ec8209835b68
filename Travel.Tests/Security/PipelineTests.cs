using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using StackExchange.Redis;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Security;

/// <summary>
/// That what a request passes stands in the right order, seen from outside: each step here, put where it must not be, fails one of these.
/// </summary>
[Collection(TravelGraph.Collection)]
public sealed class PipelineTests(TravelGraph graph) : IAsyncLifetime
{
    private readonly ConnectionMultiplexer nowhere = ConnectionMultiplexer.Connect("127.0.0.1:1,abortConnect=false,connectTimeout=200,connectRetry=0");
    private PipelineHost host = null!;
    private int visitors;

    public async Task InitializeAsync() => host = await PipelineHost.StartAsync(graph, nowhere);

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        nowhere.Dispose();
    }

    public static TheoryData<string, string, HttpStatusCode> Answers => new()
    {
        { "GET", "/open", HttpStatusCode.OK },
        { "GET", "/private", HttpStatusCode.Unauthorized },
        { "POST", "/operate", HttpStatusCode.Forbidden },
        { "GET", "/nothing", HttpStatusCode.NotFound },
        { "DELETE", "/open", HttpStatusCode.MethodNotAllowed },
        { "POST", "/text", HttpStatusCode.RequestEntityTooLarge },
        { "GET", "/open?too-often", HttpStatusCode.TooManyRequests },
        { "POST", "/write?too-often", HttpStatusCode.TooManyRequests },
        { "GET", "/boom", HttpStatusCode.InternalServerError },
        { "GET", "/twice", HttpStatusCode.Conflict },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_the_answer_is_it_carries_the_security_headers(string method, string path, HttpStatusCode status)
    {
        using var answer = await AnswerAsync(method, path);

        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_goes_wrong_is_a_problem_even_for_a_browser(string method, string path, HttpStatusCode status)
    {
        if (status == HttpStatusCode.OK)
        {
            return;
        }

        using var answer = await AnswerAsync(method, path);

        var problem = await answer.ShouldBeProblemAsync(status, status switch
        {
            HttpStatusCode.Unauthorized => "unauthorized",
            HttpStatusCode.Forbidden => "forbidden",
            HttpStatusCode.NotFound => "not-found",
            HttpStatusCode.MethodNotAllowed => "method-not-allowed",
            HttpStatusCode.Conflict => "conflict",
            HttpStatusCode.RequestEntityTooLarge => "too-large",
            HttpStatusCode.TooManyRequests => "too-many-requests",
            _ => "internal",
        });
        problem.ToString().ShouldNotContain("must not be shown");
        (answer.Headers.RetryAfter is not null).ShouldBe(status == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_visitor_is_counted_and_not_the_proxy_that_brought_them()
    {
        using var one = host.Visitor("203.0.113.1");
        using var other = host.Visitor("203.0.113.2");

        (await ReadAsync(one, PipelineHost.Reads + 1)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await ReadAsync(other, 1)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_claims_other_addresses_without_the_key_of_Web_gains_nothing()
    {
        using var one = host.Pretender("203.0.113.3");
        using var other = host.Pretender("203.0.113.4");

        (await ReadAsync(one, PipelineHost.Reads)).ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(other, 1)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Who_changes_addresses_within_one_network_of_IPv6_gains_nothing()
    {
        using var one = host.Visitor("2001:db8:0:1::1");
        using var same = host.Visitor("2001:db8:0:1:ffff::2");
        using var other = host.Visitor("2001:db8:0:2::1");

        (await ReadAsync(one, PipelineHost.Reads)).ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(same, 1)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await ReadAsync(other, 1)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stranger_who_asks_too_often_is_told_so_before_anybody_looks_at_their_token()
    {
        using var stranger = host.Visitor(Address());
        await ReadAsync(stranger, PipelineHost.Reads);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "rubbish");
        var tokensRead = host.TokensRead;

        using var answer = await stranger.GetAsync("/private");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        host.TokensRead.ShouldBe(tokensRead);
    }

    [Fact]
    public async Task People_behind_one_address_each_have_their_own_writes()
    {
        var address = Address();
        using var one = host.Visitor(address, await graph.PersonAsync());
        using var other = host.Visitor(address, await graph.PersonAsync());

        (await WriteAsync(one, "/write", PipelineHost.Writes)).ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(one, "/write", 1)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await WriteAsync(other, "/write", 1)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Moving_to_another_address_gives_nobody_more_writes()
    {
        var person = await graph.PersonAsync();
        using var here = host.Visitor(Address(), person);
        using var there = host.Visitor(Address(), person);

        (await WriteAsync(here, "/write", PipelineHost.Writes)).ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(there, "/write", 1)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Trying_what_is_forbidden_counts()
    {
        using var guest = host.Visitor(Address(), await graph.PersonAsync());

        (await WriteAsync(guest, "/operate", PipelineHost.Writes)).ShouldBe(HttpStatusCode.Forbidden);
        (await WriteAsync(guest, "/operate", 1)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_endpoint_that_wants_no_limits_has_none()
    {
        using var visitor = host.Visitor(Address());

        (await ReadAsync(visitor, PipelineHost.Reads + 1, "/free")).ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(visitor, "/free", PipelineHost.Writes + 1)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_endpoint_that_takes_files_says_how_large_a_body_may_be()
    {
        using var visitor = host.Visitor(Address());
        var large = new PipelineHost.Text(new string('x', PipelineHost.LargestBodyBytes));

        using var files = await visitor.PostAsJsonAsync("/files", large);

        files.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/open", HttpStatusCode.OK)]
    [InlineData("/private", HttpStatusCode.Unauthorized)]
    [InlineData("/open?too-often", HttpStatusCode.TooManyRequests)]
    public async Task A_page_of_a_named_origin_can_read_every_answer_and_of_another_none(string path, HttpStatusCode status)
    {
        using var partner = await AnswerAsync("GET", path, PipelineHost.Partner);
        using var other = await AnswerAsync("GET", path, "https://partner.example.evil.test");

        (partner.StatusCode, other.StatusCode).ShouldBe((status, status));
        partner.Headers.GetValues("Access-Control-Allow-Origin").Single().ShouldBe(PipelineHost.Partner);
        other.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_preflight_needs_no_token_and_is_not_counted()
    {
        using var visitor = host.Visitor(Address());
        await ReadAsync(visitor, PipelineHost.Reads + 1);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/write");
        preflight.Headers.Add("Origin", PipelineHost.Partner);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key");

        using var answer = await visitor.SendAsync(preflight);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("POST");
    }

    private string Address() => $"198.51.100.{Interlocked.Increment(ref visitors)}";

    private async Task<HttpResponseMessage> AnswerAsync(string method, string path, string? origin = null)
    {
        using var visitor = host.Visitor(Address(), path.StartsWith("/private", StringComparison.Ordinal) ? null : await graph.PersonAsync());
        visitor.DefaultRequestHeaders.Add("Accept", "text/html");
        if (path.EndsWith("too-often", StringComparison.Ordinal))
        {
            _ = method == "GET" ? await ReadAsync(visitor, PipelineHost.Reads) : await WriteAsync(visitor, "/write", PipelineHost.Writes);
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        if (path == "/text")
        {
            request.Content = JsonContent.Create(new PipelineHost.Text(new string('x', PipelineHost.LargestBodyBytes)));
        }

        return await visitor.SendAsync(request);
    }

    /// <returns>The last answer's status.</returns>
    private static async Task<HttpStatusCode> ReadAsync(HttpClient visitor, int times, string path = "/open")
    {
        var status = default(HttpStatusCode);
        for (var time = 0; time < times; time++)
        {
            using var answer = await visitor.GetAsync(path);
            status = answer.StatusCode;
        }

        return status;
    }

    private static async Task<HttpStatusCode> WriteAsync(HttpClient visitor, string path, int times)
    {
        var status = default(HttpStatusCode);
        for (var time = 0; time < times; time++)
        {
            using var answer = await visitor.PostAsync(path, content: null);
            status = answer.StatusCode;
        }

        return status;
    }
}
