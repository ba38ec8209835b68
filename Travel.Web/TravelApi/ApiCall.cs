using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Travel.Contracts;

namespace Travel.Web.TravelApi;

/// <summary>One call to the Api, from request to <see cref="Reply{T}"/>.</summary>
internal sealed partial class ApiCall(HttpClient http, TimeProvider time, ILogger<ApiCall> logger)
{
    public Task<Reply<T>> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken) where T : class =>
        SendAsync(request, ReadBodyAsync<T>, cancellationToken);

    /// <summary>For what is not JSON.</summary>
    public Task<Reply<string>> SendForTextAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, (response, token) => response.Content.ReadAsStringAsync(token), cancellationToken);

    private async Task<Reply<T>> SendAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> readBodyAsync, CancellationToken cancellationToken) where T : class
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return await ReadAsync(response, readBodyAsync, cancellationToken);
        }
        catch (Exception broken) when (MeansUnavailable(broken, cancellationToken))
        {
            Log.NoAnswer(logger, request.Method.Method, request.RequestUri?.OriginalString.Split('?')[0], broken);
            return new Reply<T>(ReplyKind.Unavailable);
        }
    }

    public static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    /// <summary>For what everybody sees alike: it is asked without saying who does, so that the Api can answer with what it keeps.</summary>
    public static HttpRequestMessage GetPublic(string path)
    {
        var request = Get(path);
        request.Options.Set(VisitorHeaders.WithoutSession, value: true);
        return request;
    }

    public static HttpRequestMessage Post<TBody>(string path, TBody body) => With(HttpMethod.Post, path, body);

    public static HttpRequestMessage Put<TBody>(string path, TBody body) => With(HttpMethod.Put, path, body);

    public static HttpRequestMessage Delete(string path) => new(HttpMethod.Delete, path);

    public static HttpRequestMessage With<TBody>(HttpMethod method, string path, TBody body) =>
        new(method, path) { Content = JsonContent.Create(body, options: TravelJson.Options) };

    /// <param name="etag">Of the version that was seen; another one is not written over.</param>
    public static HttpRequestMessage Put<TBody>(string path, TBody body, string? etag)
    {
        var request = With(HttpMethod.Put, path, body);
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return request;
    }

    /// <summary>The answer itself, its body still to be read; null when there is none to be had.</summary>
    public async Task<HttpResponseMessage?> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception broken) when (MeansUnavailable(broken, cancellationToken))
        {
            Log.NoAnswer(logger, request.Method.Method, request.RequestUri?.OriginalString.Split('?')[0], broken);
            return null;
        }
    }

    private async Task<Reply<T>> ReadAsync<T>(
        HttpResponseMessage response, Func<HttpResponseMessage, CancellationToken, Task<T>> readBodyAsync, CancellationToken cancellationToken) where T : class =>
        response.StatusCode switch
        {
            HttpStatusCode.NoContent => new Reply<T>(ReplyKind.Ok),
            HttpStatusCode.Accepted when response.Content.Headers.ContentLength is 0 => new Reply<T>(ReplyKind.Ok),
            < HttpStatusCode.MultipleChoices => new Reply<T>(ReplyKind.Ok, await readBodyAsync(response, cancellationToken), ETag: response.Headers.ETag?.ToString()),
            HttpStatusCode.NotFound => new Reply<T>(ReplyKind.NotFound),
            HttpStatusCode.Unauthorized => new Reply<T>(ReplyKind.SignInNeeded),
            HttpStatusCode.TooManyRequests => new Reply<T>(ReplyKind.TooMany, RetryAfter: RetryAfter(response)),
            >= HttpStatusCode.InternalServerError => await ReadFailureAsync<T>(response, cancellationToken),
            _ => new Reply<T>(ReplyKind.Refused, Problem: await ReadProblemAsync(response, cancellationToken)),
        };

    private async Task<Reply<T>> ReadFailureAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) where T : class
    {
        Log.Failed(logger, (int)response.StatusCode, response.RequestMessage?.RequestUri?.AbsolutePath);
        var problem = await ReadProblemAsync(response, cancellationToken);
        return problem.IsOfSomebodyElse ? new Reply<T>(ReplyKind.Refused, Problem: problem) : new Reply<T>(ReplyKind.Unavailable);
    }

    private static async Task<T> ReadBodyAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) where T : class =>
        await response.Content.ReadFromJsonAsync<T>(TravelJson.Options, cancellationToken)
            ?? throw new JsonException("The Api answered with nothing where the contract has a body.");

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await ReadBodyAsync<Problem>(response, cancellationToken)
            : new Problem(Type: null, Title: null, (int)response.StatusCode, Detail: null, Errors: null);

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } wait } => wait,
            { Date: { } at } when at > time.GetUtcNow() => at - time.GetUtcNow(),
            _ => null,
        };

    // A visitor who has gone away is not an Api that has.
    private static bool MeansUnavailable(Exception broken, CancellationToken visitor) =>
        broken is HttpRequestException or JsonException or IOException
        || (broken is OperationCanceledException && !visitor.IsCancellationRequested);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The Api gave no usable answer to {Method} {Path}")]
        public static partial void NoAnswer(ILogger logger, string method, string? path, Exception broken);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The Api answered {Status} to {Path}")]
        public static partial void Failed(ILogger logger, int status, string? path);
    }
}
