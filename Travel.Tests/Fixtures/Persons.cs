using System.Net.Http.Headers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Domain.Accounts;

namespace Travel.Tests.Fixtures;

/// <summary>People with accounts of their own whose access tokens the test signs itself, so that many can be had without signing in.</summary>
internal static class Persons
{
    public const string Password = "a-password-for-tests";

    // Hashing takes as long as signing in does, on purpose.
    private static readonly string PasswordHash = new PasswordHasher<User>().HashPassword(null!, Password);

    private static readonly AccessTokens Tokens = new(
        Options.Create(new AccessTokenOptions { SigningKey = TravelGraph.AccessTokenKey }), TimeProvider.System);

    /// <summary>A new account.</summary>
    public static async Task<User> PersonAsync(this TravelGraph graph, Role role = Role.Guest) => (await graph.PersonsAsync(role))[0];

    public static async Task<IReadOnlyList<User>> PersonsAsync(this TravelGraph graph, params Role[] roles)
    {
        await using var db = await graph.DatabaseAsync();
        var persons = roles.Select(role => New(role)).ToList();
        db.Users.AddRange(persons);
        db.Sessions.AddRange(persons.Select(SessionOf));
        await db.SaveChangesAsync();
        return persons;
    }

    /// <summary>A client of the Api that is signed in as this person, at an address of their own.</summary>
    public static HttpClient As(this TravelGraph graph, User person)
    {
        var client = graph.Visitor();
        client.DefaultRequestHeaders.Authorization = AuthorizationOf(person);
        return client;
    }

    public static AuthenticationHeaderValue AuthorizationOf(User person) => new("Bearer", Tokens.Issue(person, SessionOf(person).Id).Token);

    /// <summary>One who operates the system.</summary>
    public static async Task<HttpClient> OperatorAsync(this TravelGraph graph) => graph.As(await graph.PersonAsync(Role.Operator));

    /// <summary>The one they are signed in with, without having done so.</summary>
    private static Session SessionOf(User person) =>
        new() { Id = person.Id, UserId = person.Id, CreatedAt = person.CreatedAt, LastUsedAt = person.CreatedAt };

    /// <summary>Somebody who is not in the database yet, with an address of their own and <see cref="Password"/>.</summary>
    public static User New(Role role = Role.Guest, bool verified = true, DateTimeOffset? since = null)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        return new User
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = verified,
            LockoutEnabled = true,
            PasswordHash = PasswordHash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            DisplayName = "Somebody",
            Role = role,
            CreatedAt = since ?? TimeProvider.System.GetUtcNow(),
        };
    }
}
