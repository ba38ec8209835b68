using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Travel.ServiceDefaults;
using Travel.ServiceDefaults.Resilience;

namespace Travel.Tests.Resilience;

public sealed class OutgoingHttpTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task What_may_be_repeated_is_sent_again_until_it_is_answered(string method)
    {
        var service = new Service(_ => throw new HttpRequestException("gone"), _ => new(HttpStatusCode.BadGateway), _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service);

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "http://api/"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        service.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_post_is_sent_once()
    {
        var service = new Service(_ => new(HttpStatusCode.BadGateway), _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service);

        using var answer = await client.PostAsync("http://api/", new StringContent("x"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        service.Seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_has_another_answer_the_second_time_is_sent_once(bool onAVersion)
    {
        var service = new Service(_ => throw new HttpRequestException("gone"), _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service);
        var request = new HttpRequestMessage(HttpMethod.Put, "http://api/") { Content = new StringContent("x") };
        if (onAVersion)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        }

        await Should.ThrowAsync<HttpRequestException>(() => client.SendAsync(onAVersion ? request : request.Once()));

        service.Seen.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_post_with_an_idempotency_key_is_sent_again_with_the_same_key_and_body()
    {
        var service = new Service(_ => throw new HttpRequestException("gone"), _ => new(HttpStatusCode.Created));
        using var client = ClientOf(service);
        var request = new HttpRequestMessage(HttpMethod.Post, "http://api/") { Content = new StringContent("two nights"), Headers = { { "Idempotency-Key", "k" } } };

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        service.Seen.ShouldBe(["POST k two nights", "POST k two nights"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task What_is_answered_is_answered(HttpStatusCode status)
    {
        var service = new Service(_ => new(status), _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service);

        using var answer = await client.GetAsync("http://api/");

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Who_says_when_to_come_back_is_not_asked_sooner()
    {
        var service = new Service(_ => new(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "5" } } }, _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service);

        using var answer = await client.GetAsync("http://api/");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        service.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_attempt_that_hangs_makes_room_for_the_next()
    {
        var service = new Service(_ => null, _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service, ("OutgoingHttp:AttemptTimeout", "00:00:00.2"));

        using var answer = await client.GetAsync("http://api/");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        service.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_always_fails_is_left_alone_and_others_are_not()
    {
        var service = new Service(request => new(request.RequestUri!.Host == "api" ? HttpStatusCode.BadGateway : HttpStatusCode.OK));
        using var client = ClientOf(service, ("OutgoingHttp:BreakAfterAttempts", "4"));
        using var last = await client.GetAsync("http://api/");
        last.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        var seen = service.Seen.Count;

        (await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("http://api/"))).Message.ShouldContain("left alone");

        service.Seen.Count.ShouldBe(seen);
        using var other = await client.GetAsync("http://elsewhere/");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Handlers_further_in_see_each_attempt_as_if_it_were_the_first()
    {
        var service = new Service(_ => throw new HttpRequestException("gone"), _ => new(HttpStatusCode.OK));
        using var client = ClientOf(service);

        using var answer = await client.GetAsync("http://api/");

        service.Stamps.ShouldBe([1, 1]);
    }

    private static HttpClient ClientOf(Service service, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["OutgoingHttp:RetryDelay"] = "00:00:00.001";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("test").AddHttpMessageHandler(() => new Stamp()).ConfigurePrimaryHttpMessageHandler(() => service);
        return builder.Build().Services.GetRequiredService<IHttpClientFactory>().CreateClient("test");
    }

    /// <summary>Answers in turn, the last answer for ever; null is no answer at all.</summary>
    private sealed class Service(params Func<HttpRequestMessage, HttpResponseMessage?>[] answers) : HttpMessageHandler
    {
        public List<string> Seen { get; } = [];

        public List<int> Stamps { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : "";
            Seen.Add($"{request.Method} {key} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))}".Trim());
            Stamps.Add(request.Headers.TryGetValues("X-Stamp", out var stamps) ? stamps.Count() : 0);
            if (answers[Math.Min(Seen.Count, answers.Length) - 1](request) is { } answer)
            {
                return answer;
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private sealed class Stamp : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Stamp", "x");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
