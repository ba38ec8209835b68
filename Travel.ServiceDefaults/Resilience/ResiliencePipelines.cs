using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;
using Polly.Timeout;

namespace Travel.ServiceDefaults.Resilience;

/// <summary>
/// One pipeline per service, because a circuit breaker speaks of one: a time for the whole, retries with growing and random waits, the
/// breaker, a time for each attempt. Only what may be repeated is; a POST without a key, or a change of a version, gets one attempt and all the time.
/// </summary>
internal sealed partial class ResiliencePipelines(IOptions<OutgoingHttpOptions> options, TimeProvider clock, ILogger<ResiliencePipelines> logger) : IDisposable
{
    public static readonly ResiliencePropertyKey<bool> MayBeRepeated = new("travel.may-be-repeated");

    private static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(10);

    // A 503 that says when to come back is an answer, and nobody is asked sooner; 500 is a bug, and bugs are not cured by asking again.
    private static readonly HttpStatusCode[] Passing = [HttpStatusCode.RequestTimeout, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private readonly ResiliencePipelineRegistry<string> registry = new();
    private readonly OutgoingHttpOptions options = options.Value;

    public ResiliencePipeline<HttpResponseMessage> For(Uri? address) =>
        registry.GetOrAddPipeline<HttpResponseMessage>(address?.Authority ?? "", Build);

    public void Dispose() => registry.Dispose();

    private void Build(ResiliencePipelineBuilder<HttpResponseMessage> pipeline)
    {
        pipeline.TimeProvider = clock;
        pipeline.AddTimeout(options.TotalTimeout)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = retry => ValueTask.FromResult(IsRepeatable(retry.Context) && IsFailure(retry.Outcome)),
                OnRetry = retry =>
                {
                    Log.Retrying(logger, retry.Outcome.Exception, retry.AttemptNumber + 1, (int?)retry.Outcome.Result?.StatusCode);
                    retry.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = options.BreakAtFailureRatio,
                MinimumThroughput = options.BreakAfterAttempts,
                SamplingDuration = BreakerWindow,
                BreakDuration = options.BreakFor,
                ShouldHandle = attempt => ValueTask.FromResult(IsFailure(attempt.Outcome)),
                OnOpened = _ =>
                {
                    Log.LeftAlone(logger, options.BreakFor);
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = attempt => ValueTask.FromResult(IsRepeatable(attempt.Context) ? options.AttemptTimeout : TimeSpan.Zero),
            });
    }

    private static bool IsRepeatable(ResilienceContext context) => context.Properties.GetValue(MayBeRepeated, defaultValue: false);

    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result: { } answer } => Passing.Contains(answer.StatusCode) && answer.Headers.RetryAfter is null,
        _ => false,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "A call to another service failed ({Status}); attempt {Attempt} follows")]
        public static partial void Retrying(ILogger logger, Exception? exception, int attempt, int? status);

        [LoggerMessage(LogLevel.Warning, "Another service has failed too often and is left alone for {Pause}")]
        public static partial void LeftAlone(ILogger logger, TimeSpan pause);
    }
}
