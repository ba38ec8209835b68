using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Travel.ServiceDefaults.Resilience;

/// <summary>Sends a request through the pipeline of the service it goes to. What the pipeline itself refuses looks like any other failed call.</summary>
internal sealed class ResilienceHandler(ResiliencePipelines pipelines) : DelegatingHandler
{
    /// <exception cref="HttpRequestException">No answer, or none in time, or the service is being left alone.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ResiliencePipelines.MayBeRepeated, MayBeRepeated(request));
        try
        {
            return await pipelines.For(request.RequestUri).ExecuteAsync(
                // A copy each time: handlers further in write headers into what they pass on.
                async attempt => await base.SendAsync(CopyOf(request), attempt.CancellationToken),
                context);
        }
        catch (TimeoutRejectedException late)
        {
            throw new HttpRequestException($"{request.RequestUri?.Authority} has not answered within {late.Timeout.TotalSeconds} s.", late, HttpStatusCode.GatewayTimeout);
        }
        catch (BrokenCircuitException broken)
        {
            throw new HttpRequestException($"{request.RequestUri?.Authority} has failed too often and is left alone for a moment.", broken, HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// RFC 9110, section 9.2.2; and what carries a key by which the other side recognises a repetition. Not what is made on a version
    /// (section 13.1.1): saved by a first attempt, it is no longer that version, and the second would be told that nothing is saved.
    /// </summary>
    private static bool MayBeRepeated(HttpRequestMessage request) =>
        !request.IsOnce() && !request.Headers.Contains("If-Match")
        && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
            || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete
            || request.Headers.Contains("Idempotency-Key"));

    private static HttpRequestMessage CopyOf(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, value) in (IDictionary<string, object?>)request.Options)
        {
            copy.Options.Set(new HttpRequestOptionsKey<object?>(name), value);
        }

        return copy;
    }
}
