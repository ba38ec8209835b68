using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;

namespace Travel.Tests.Fixtures;

/// <summary>People at addresses of their own, so that no test uses up another's attempts to sign in.</summary>
internal static class Visitors
{
    private static int seen;

    /// <summary>A client that comes as Web does, on behalf of a visitor from an address (RFC 2544's) that nobody else in this run has.</summary>
    public static HttpClient Visitor(this TravelGraph graph) => graph.VisitorFrom(NewAddress());

    public static string NewAddress()
    {
        var number = Interlocked.Increment(ref seen);
        return string.Create(CultureInfo.InvariantCulture, $"198.18.{number / 256}.{number % 256}");
    }

    public static HttpClient VisitorFrom(this TravelGraph graph, string address)
    {
        var client = graph.Anonymous();
        client.DefaultRequestHeaders.Add("X-Travel-Web-Key", TravelGraph.WebKey);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    /// <summary>A new account, straight in the database; signing in to it is all that is wanted of it.</summary>
    public static async Task<SignInRequest> AccountAsync(this TravelGraph graph, Role role = Role.Guest) => (await graph.OwnAccountAsync(role)).SignIn;

    public static async Task<Account> OwnAccountAsync(this TravelGraph graph, Role role = Role.Guest, bool verified = true)
    {
        var user = Persons.New(role, verified);
        await using var db = await graph.DatabaseAsync();
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return new Account(user.Id, new SignInRequest(user.Email!, Persons.Password));
    }

    /// <summary>A visitor of their own who has signed in.</summary>
    public static async Task<HttpClient> SignedInAsync(this TravelGraph graph, SignInRequest account)
    {
        var visitor = graph.Visitor();
        visitor.Use(await visitor.SignInAsync(account).SessionAsync());
        return visitor;
    }

    public static Task<HttpClient> SignedInAsync(this TravelGraph graph, User person) =>
        graph.SignedInAsync(new SignInRequest(person.Email!, Persons.Password));

    public static void Use(this HttpClient client, SessionResponse session) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, SignInRequest account) =>
        client.PostAsJsonAsync("/api/v1/sessions", account, TravelJson.Options);

    public static Task<HttpResponseMessage> RefreshAsync(this HttpClient client, SessionResponse session) =>
        client.PostAsJsonAsync("/api/v1/sessions/refresh", new RefreshSessionRequest(session.RefreshToken), TravelJson.Options);

    public static async Task<SessionResponse> SessionAsync(this Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<SessionResponse>(TravelJson.Options))!;
    }
}

internal sealed record Account(Guid Id, SignInRequest SignIn);
