using System.Net;
using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class MeTests(TravelGraph graph)
{
    private const string Me = "/api/v1/me";

    [Fact]
    public async Task Name_and_phone_can_be_changed_and_the_phone_be_taken_away()
    {
        using var somebody = await graph.SignedInAsync(await graph.AccountAsync());

        var with = await somebody.PutJsonAsync(Me, new UpdateMeRequest(" Hana Tesfaye ", "+251 91 123 4567")).ReadAsync<MeResponse>();
        var without = await somebody.PutJsonAsync(Me, new UpdateMeRequest("Hana")).ReadAsync<MeResponse>();

        (with.DisplayName, with.Phone).ShouldBe(("Hana Tesfaye", "+251 91 123 4567"));
        (without.DisplayName, without.Phone).ShouldBe(("Hana", null));
        (await somebody.GetAsync(Me).ReadAsync<MeResponse>()).ShouldBe(without);
    }

    [Fact]
    public async Task Another_name_of_the_host_makes_another_version_of_their_listings_and_another_phone_does_not()
    {
        var person = await graph.OwnAccountAsync(Role.Host);
        using var host = await graph.SignedInAsync(person.SignIn);
        // The lowest of ids, so that it is never the first of a list.
        var id = new Guid($"00000000-0000-7000-8000-{Guid.NewGuid().ToString("N")[..12]}");
        await using var db = await graph.DatabaseAsync();
        db.Listings.Add(SampleListing.With(hostId: person.Id, slug: $"renamed-{id:N}", id: id));
        await db.SaveChangesAsync();

        await host.PutJsonAsync(Me, new UpdateMeRequest("Hana")).ReadAsync<MeResponse>();
        var hana = await ListingAsync();
        await host.PutJsonAsync(Me, new UpdateMeRequest("Hana", "+251 91 123 4567")).ReadAsync<MeResponse>();
        var phone = await ListingAsync();
        await host.PutJsonAsync(Me, new UpdateMeRequest("Hana Tesfaye")).ReadAsync<MeResponse>();
        var tesfaye = await ListingAsync();

        phone.ShouldBe(hana);
        tesfaye.Name.ShouldBe("Hana Tesfaye");
        tesfaye.ETag.ShouldNotBe(hana.ETag);

        async Task<(string Name, string ETag)> ListingAsync()
        {
            using var answer = await host.GetAsync($"/api/v1/listings/{id}");
            var listing = await answer.Content.ReadFromJsonAsync<ListingDetails>(TravelJson.Options);
            return (listing!.Host.DisplayName, answer.Headers.ETag!.ToString());
        }
    }

    [Theory]
    [InlineData("", null, "displayName")]
    [InlineData("Hana <hana@example.org>", null, "displayName")]
    [InlineData("Hana", "call me", "phone")]
    [InlineData("Hana", "+1234567890123456789012345678901", "phone")]
    public async Task What_is_no_name_or_phone_number_is_named(string name, string? phone, string field)
    {
        using var somebody = await graph.SignedInAsync(await graph.AccountAsync());

        using var answer = await somebody.PutJsonAsync(Me, new UpdateMeRequest(name, phone));

        await answer.ShouldBeInvalidAsync(field);
    }

    [Theory]
    [InlineData(Role.Guest, AccountRole.Host)]
    [InlineData(Role.Host, AccountRole.Host)]
    [InlineData(Role.Operator, AccountRole.Operator)]
    public async Task A_guest_becomes_a_host_and_nobody_loses_anything_by_asking(Role before, AccountRole after)
    {
        using var somebody = await graph.SignedInAsync(await graph.AccountAsync(before));

        (await somebody.PostAsync(Me + "/hosting", content: null).ReadAsync<MeResponse>()).Role.ShouldBe(after);
    }

    [Fact]
    public async Task Nobody_has_no_account()
    {
        using var nobody = graph.Visitor();

        await (await nobody.GetAsync(Me)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
