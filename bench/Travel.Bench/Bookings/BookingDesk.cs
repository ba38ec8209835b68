using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Bookings;

namespace Travel.Bench.Bookings;

/// <summary>The Api as guests see it who book.</summary>
internal sealed class BookingDesk(Uri api, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly HttpClient client = new(new SocketsHttpHandler()) { BaseAddress = api, Timeout = TimeSpan.FromSeconds(15) };

    /// <returns>The booking's id.</returns>
    /// <exception cref="RefusedException">The answer is not the booking.</exception>
    public async Task<Guid> BookAsync(WantedStay stay, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = JsonContent.Create(stay.Request, options: TravelJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stay.Token);
        request.Headers.Add("Idempotency-Key", stay.Key);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new RefusedException(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        return (await answer.Content.ReadFromJsonAsync<BookingResponse>(TravelJson.Options, cancellationToken))!.Id;
    }

    /// <summary>As a client should: without an answer, or told to come again, it sends the same request with the same key.</summary>
    /// <returns>Null when there was no answer in all that time.</returns>
    /// <exception cref="RefusedException">The answer is no, and would be the next time.</exception>
    public async Task<Guid?> BookAsync(WantedStay stay, TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + patience;
        while (clock.GetUtcNow() < until)
        {
            try
            {
                return await BookAsync(stay, cancellationToken);
            }
            catch (RefusedException refusal) when (refusal.IsForNow)
            {
                // The database is away, or this very request is still being answered.
            }
            catch (HttpRequestException)
            {
                // Nobody knows what became of it: that is what the key is for.
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Too slow; the same.
            }

            await Task.Delay(RetryAfter, clock, cancellationToken);
        }

        return null;
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A booking was answered with something else than itself.</summary>
internal sealed class RefusedException(HttpStatusCode status, string body) : Exception($"A booking was answered with {(int)status}: {body}")
{
    public bool IsForNow =>
        status >= HttpStatusCode.InternalServerError || (status == HttpStatusCode.Conflict && body.Contains(ProblemTypes.RequestInFlight.Uri, StringComparison.Ordinal));
}
