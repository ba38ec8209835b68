using System.Net;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

/// <summary>Clocks of two machines differ by seconds.</summary>
[Collection(TravelGraph.Collection)]
public sealed class AccessTokenTests(TravelGraph graph)
{
    private static readonly TimeSpan Lifetime = new AccessTokenOptions().Lifetime;

    [Theory]
    [InlineData(15)]
    [InlineData(-15)]
    public async Task A_token_a_few_seconds_early_or_late_is_good(int secondsEarly)
    {
        (await AnswerToAsync(IssuedAt(TimeSpan.FromSeconds(secondsEarly)))).ShouldBe(HttpStatusCode.NotFound);
        (await AnswerToAsync(IssuedAt(TimeSpan.FromSeconds(secondsEarly) - Lifetime + TimeSpan.FromSeconds(1)))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-660)]
    public async Task A_token_a_minute_early_or_late_is_not(int seconds) =>
        (await AnswerToAsync(IssuedAt(TimeSpan.FromSeconds(seconds)))).ShouldBe(HttpStatusCode.Unauthorized);

    private static string IssuedAt(TimeSpan fromNow)
    {
        var issuer = new AccessTokens(
            Options.Create(new AccessTokenOptions { SigningKey = TravelGraph.AccessTokenKey }), new SetClock(TimeProvider.System.GetUtcNow() + fromNow));
        var user = new User { Id = Guid.NewGuid(), DisplayName = "Somebody", Role = Role.Guest, CreatedAt = DateTimeOffset.UnixEpoch };
        return issuer.Issue(user, sessionId: Guid.NewGuid()).Token;
    }

    /// <summary>Asks for a booking that is not there, which only somebody who is signed in is told.</summary>
    private async Task<HttpStatusCode> AnswerToAsync(string token)
    {
        using var visitor = graph.Visitor();
        visitor.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await visitor.GetAsync($"/api/v1/bookings/{Guid.NewGuid()}");
        return answer.StatusCode;
    }
}
