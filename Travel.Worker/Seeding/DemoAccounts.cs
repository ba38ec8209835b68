using Microsoft.AspNetCore.Identity;
using Travel.Domain.Accounts;

namespace Travel.Worker.Seeding;

/// <param name="Password">Null for hosts that nobody needs to sign in as.</param>
internal sealed record DemoAccount(string Email, string DisplayName, Role Role, string? Password)
{
    public User ToUser(IPasswordHasher<User> hasher, DateTimeOffset now)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            UserName = Email,
            NormalizedUserName = Email.ToUpperInvariant(),
            Email = Email,
            NormalizedEmail = Email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            DisplayName = DisplayName,
            Role = Role,
            CreatedAt = now,
        };
        user.PasswordHash = Password is null ? null : hasher.HashPassword(user, Password);
        return user;
    }
}

internal static class DemoAccounts
{
    public const string HostEmail = "host@travel.test";
    private const string Password = "Travel-demo-1";

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("guest@travel.test", "Demo guest", Role.Guest, Password),
        new(HostEmail, "Demo host", Role.Host, Password),
        new("operator@travel.test", "Demo operator", Role.Operator, Password),
    ];

    public static IEnumerable<DemoAccount> HostsOf(IEnumerable<SeedListing> seeds) => seeds
        .Select(seed => seed.Country)
        .Distinct(StringComparer.Ordinal)
        .Select(country => new DemoAccount(HostEmailIn(country), $"Hosts of {country}", Role.Host, Password: null));

    public static string HostEmailIn(string country) => $"host.{country.ToLowerInvariant().Replace(' ', '-')}@travel.test";
}
