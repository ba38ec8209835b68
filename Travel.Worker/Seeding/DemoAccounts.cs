using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Travel.Domain.Accounts;

namespace Travel.Worker.Seeding;

/// <param name="Password">Null for those that nobody needs to sign in as.</param>
/// <param name="Country">Where a host lets; null for everybody else.</param>
internal sealed record DemoAccount(string Email, string DisplayName, Role Role, DateTimeOffset CreatedAt, string? Country = null, string? Password = null)
{
    public User ToUser(IPasswordHasher<User> hasher)
    {
        var dice = new Dice("account " + Email);
        var user = new User
        {
            Id = dice.Id(CreatedAt),
            UserName = Email,
            NormalizedUserName = Email.ToUpperInvariant(),
            Email = Email,
            NormalizedEmail = Email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = dice.Id(CreatedAt).ToString("N"),
            ConcurrencyStamp = dice.Id(CreatedAt).ToString(),
            DisplayName = DisplayName,
            Role = Role,
            CreatedAt = CreatedAt,
        };
        user.PasswordHash = Password is null ? null : hasher.HashPassword(user, Password);
        return user;
    }
}

/// <summary>Who is in the demo data. Every address is below a top-level domain that RFC 2606 keeps for tests.</summary>
internal static class DemoAccounts
{
    public const string HostEmail = "host@travel.test";
    private const string GuestEmail = "guest@travel.test";
    private const string OperatorEmail = "operator@travel.test";
    private const string Password = "Travel-demo-1";
    private const int Hosts = 200;
    private const int Guests = 1000;

    /// <param name="listed">Every country with listings written by hand has a host of its own.</param>
    public static IReadOnlyList<DemoAccount> All(IEnumerable<string> listed, IReadOnlyList<Place> places, DemoCalendar calendar)
    {
        var names = SeedFiles.Read<Names>("names.json");
        List<DemoAccount> hosts =
        [
            new(HostEmail, "Demo host", Role.Host, calendar.HostSince(0), "Ethiopia", Password),
            .. listed.Distinct(StringComparer.Ordinal).Select((country, index) =>
                new DemoAccount(HostEmailIn(country), names.Hosts[country], Role.Host, calendar.HostSince(1 + index), country)),
        ];
        var home = places.DistinctBy(place => place.Country, StringComparer.Ordinal).ToList();
        for (var index = hosts.Count; index < Hosts; index++)
        {
            // One in every country that has places, and the others where there are many.
            var dice = new Dice($"host {index}");
            var place = home.Count > 0 ? home[0] : dice.Pick(places, place => place.Weight);
            home.Remove(place);
            hosts.Add(new DemoAccount($"host.{index}@travel.test", names.Of(place.People, dice), Role.Host, calendar.HostSince(index), place.Country));
        }

        return
        [
            .. hosts,
            new(GuestEmail, "Demo guest", Role.Guest, calendar.GuestSince(0), Password: Password),
            .. Enumerable.Range(1, Guests - 1).Select(index =>
                new DemoAccount($"guest.{index}@travel.test", names.OfGuest(new Dice($"guest {index}")), Role.Guest, calendar.GuestSince(index))),
            new(OperatorEmail, "Demo operator", Role.Operator, calendar.HostSince(0), Password: Password),
        ];
    }

    private static string HostEmailIn(string country) => $"host.{country.ToLower(CultureInfo.InvariantCulture).Replace(' ', '-')}@travel.test";

    /// <param name="Hosts">The host of each country that has listings written by hand.</param>
    private sealed record Names(Dictionary<string, Names.Pool> People, Dictionary<string, string> Hosts)
    {
        public string Of(string people, Dice dice) => $"{dice.Pick(People[people].Given)} {dice.Pick(People[people].Family)}";

        /// <summary>Every other guest travels in their own country.</summary>
        public string OfGuest(Dice dice) => Of(dice.Chance(0.5) ? "ethiopian" : dice.Pick(People.Keys.Order(StringComparer.Ordinal).ToList()), dice);

        internal sealed record Pool(IReadOnlyList<string> Given, IReadOnlyList<string> Family);
    }
}
