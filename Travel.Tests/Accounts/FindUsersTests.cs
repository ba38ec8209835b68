using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Outages)]
public sealed class FindUsersTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/users";

    [Fact]
    public async Task Somebody_is_found_by_the_whole_address_or_by_part_of_the_name_however_it_is_written()
    {
        var mark = $"{Guid.NewGuid():N}";
        var (sara, host, other) = (Named($"Sara {mark} Bekele"), Named($"{mark} 100%_Teff", Role.Host), Named("Somebody"));
        await AddAsync(sara, host, other);

        (await FindAsync($"q={Uri.EscapeDataString($" {sara.Email!.ToUpperInvariant()} ")}")).ShouldBe([sara.Id]);
        (await FindAsync($"q={sara.Email[1..]}")).ShouldBeEmpty();
        (await FindAsync($"q={mark.ToUpperInvariant()}")).ShouldBe([host.Id, sara.Id], ignoreOrder: true);
        (await FindAsync($"q={mark}&role=host")).ShouldBe([host.Id]);
        (await FindAsync($"q={mark}&role=operator")).ShouldBeEmpty();
        (await FindAsync($"q={Uri.EscapeDataString($"{mark} 100%_t")}")).ShouldBe([host.Id]);
        (await FindAsync($"q={Uri.EscapeDataString($"{mark}%Bekele")}")).ShouldBeEmpty();
        var shown = (await house.ReadAsync<Page<UserSummary>>($"{Address}?q={sara.Email}")).Items.ShouldHaveSingleItem();
        (shown.Name, shown.Email, shown.EmailVerified, shown.Role).ShouldBe((sara.DisplayName, $"{sara.Email[0]}***@example.org", true, AccountRole.Guest));
    }

    [Fact]
    public async Task A_name_of_two_letters_is_found_by_them_where_it_begins()
    {
        var (sara, other) = (Named("ሳራ"), Named("Tigist ሳራ"));
        await AddAsync(sara, other);

        var found = await FindAsync($"q={Uri.EscapeDataString("ሳራ")}");

        found.ShouldContain(sara.Id);
        found.ShouldNotContain(other.Id);
    }

    [Fact]
    public async Task Who_has_had_the_account_erased_is_not_there_any_more()
    {
        var mark = $"{Guid.NewGuid():N}";
        var gone = Named($"Sara {mark}");
        await AddAsync(gone);
        (await FindAsync($"q={mark}")).ShouldBe([gone.Id]);

        await house.AskAsync(db => new EraseAccount(db, TimeProvider.System).ExecuteAsync(gone.Id, CancellationToken.None));

        (await FindAsync("role=guest&limit=100")).ShouldNotContain(gone.Id);
        (await FindAsync($"q={Uri.EscapeDataString(User.ErasedName)}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task They_come_page_by_page_newest_first()
    {
        var mark = $"{Guid.NewGuid():N}";
        List<User> people = [.. Enumerable.Range(0, 3).Select(_ => Named(mark))];
        await AddAsync([.. people]);

        var first = await house.ReadAsync<Page<UserSummary>>($"{Address}?q={mark}&limit=2");
        var second = await house.ReadAsync<Page<UserSummary>>($"{Address}?q={mark}&limit=2&cursor={Uri.EscapeDataString(first.Next.ShouldNotBeNull())}");

        second.Next.ShouldBeNull();
        first.Items.Concat(second.Items).Select(user => user.Id).ShouldBe(people.Select(person => person.Id).OrderDescending());
    }

    [Theory]
    [InlineData("q=%20%20", "q")]
    [InlineData("q=abc%00", "q")]
    [InlineData("role=king", "role")]
    [InlineData("role=2", "role")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=nobody", "cursor")]
    [InlineData("name=sara", "name")]
    public async Task What_it_does_not_understand_it_refuses(string query, string field)
    {
        using var answer = await house.Operator.GetAsync($"{Address}?{query}");

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task The_last_operator_is_told_why_the_account_cannot_go()
    {
        using var answer = await house.Operator.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(Persons.Password));

        await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "last-operator");
        (await house.AskAsync(db => db.Users.SingleAsync(user => user.Id == house.Person.Id))).ErasedAt.ShouldBeNull();
    }

    private static User Named(string name, Role role = Role.Guest)
    {
        var person = Persons.New(role);
        person.DisplayName = name;
        return person;
    }

    private Task<int> AddAsync(params User[] people) => house.AskAsync(db =>
    {
        db.Users.AddRange(people);
        return db.SaveChangesAsync();
    });

    private async Task<IEnumerable<Guid>> FindAsync(string query) => (await house.ReadAsync<Page<UserSummary>>($"{Address}?{query}")).Items.Select(user => user.Id);
}
