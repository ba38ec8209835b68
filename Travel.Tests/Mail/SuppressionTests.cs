using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Outages)]
public sealed class SuppressionTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Suppressions = "/api/v1/operations/mail/suppressions";
    private readonly string address = $"sara@{Guid.NewGuid():N}.example.org";

    [Fact]
    public async Task An_operator_puts_an_address_on_the_list_once_and_the_audit_does_not_say_whose_it_is()
    {
        using var first = await house.Operator.PutJsonAsync(Suppressions, new SuppressAddressRequest($" {address.ToUpperInvariant()} ", "Asked by telephone."));
        using var second = await house.Operator.PutJsonAsync(Suppressions, new SuppressAddressRequest(address, "Asked again."));

        var entry = await first.ReadAsync<SuppressionResponse>(HttpStatusCode.OK);
        (entry.Address, entry.Reason, entry.By, entry.Note).ShouldBe((MaskedAddress.Of(address), SuppressionReason.Operator, house.Person.DisplayName, "Asked by telephone."));
        (await second.ReadAsync<SuppressionResponse>(HttpStatusCode.OK)).ShouldBe(entry);
        (await FindAsync()).ShouldHaveSingleItem().ShouldBe(entry);
        (await AuditAsync()).ShouldBe([$"address-suppressed {MaskedAddress.Of(address)} Asked by telephone."]);
    }

    [Fact]
    public async Task Taking_one_reason_away_leaves_the_others()
    {
        await SuppressAsync(SuppressionReason.Bounced, $"550 <{address}>: nobody of that name");
        await SuppressAsync(SuppressionReason.Unsubscribed, note: null);
        var bounced = (await FindAsync()).Single(entry => entry.Reason == SuppressionReason.Bounced);
        (bounced.Note, bounced.By).ShouldBe(($"550 <{MaskedAddress.Of(address)}>: nobody of that name", null));

        using var lifted = await LiftAsync(bounced.Id);
        using var again = await LiftAsync(bounced.Id);

        lifted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await FindAsync()).ShouldHaveSingleItem().Reason.ShouldBe(SuppressionReason.Unsubscribed);
        (await AuditAsync()).ShouldBe([$"suppression-lifted {MaskedAddress.Of(address)} (Bounced) The mailbox is there again."]);
    }

    [Fact]
    public async Task A_long_note_is_cut_and_no_character_with_it()
    {
        var words = new string('x', SuppressedAddress.LongestNote - 1);

        await SuppressAsync(SuppressionReason.Bounced, words + "😀");

        (await FindAsync()).ShouldHaveSingleItem().Note.ShouldBe(words);
    }

    [Fact]
    public async Task The_list_is_paged_newest_first()
    {
        await SuppressAsync(SuppressionReason.Bounced, note: null);
        await SuppressAsync(SuppressionReason.Unsubscribed, note: null);

        var first = await house.ReadAsync<Page<SuppressionResponse>>($"{Suppressions}?recipient={address}&limit=1");
        var second = await house.ReadAsync<Page<SuppressionResponse>>($"{Suppressions}?recipient={address}&limit=1&cursor={first.Next}");

        first.Items.Concat(second.Items).Select(entry => entry.Reason).ShouldBe([SuppressionReason.Unsubscribed, SuppressionReason.Bounced]);
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_suppressed_of_somebody_is_found_by_their_account()
    {
        var (reader, _) = await house.SomebodyAsync(Role.Guest);
        var (other, _) = await house.SomebodyAsync(Role.Guest);
        await house.AskAsync(db => db.SuppressAsync(reader.Email!, SuppressionReason.Bounced, note: null, by: null, TimeProvider.System.GetUtcNow(), CancellationToken.None));

        var found = await house.ReadAsync<Page<SuppressionResponse>>($"{Suppressions}?recipient={reader.Id}");

        found.Items.ShouldHaveSingleItem().Address.ShouldBe(MaskedAddress.Of(reader.Email!.ToLowerInvariant()));
        (await house.ReadAsync<Page<SuppressionResponse>>($"{Suppressions}?recipient={other.Id}")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_address_or_no_reason_is_refused()
    {
        using var put = await house.Operator.PutJsonAsync(Suppressions, new SuppressAddressRequest("nobody", "x"));
        using var delete = await house.Operator.DeleteJsonAsync($"{Suppressions}/{Guid.NewGuid()}", new LiftSuppressionRequest("x"));
        using var get = await house.Operator.GetAsync(Suppressions + "?recipient=nobody&limit=0");

        await put.ShouldBeInvalidAsync("address", "reason");
        await delete.ShouldBeInvalidAsync("reason");
        await get.ShouldBeInvalidAsync("recipient", "limit");
    }

    private Task<HttpResponseMessage> LiftAsync(Guid id) =>
        house.Operator.DeleteJsonAsync($"{Suppressions}/{id}", new LiftSuppressionRequest("The mailbox is there again."));

    private async Task<IReadOnlyList<SuppressionResponse>> FindAsync() => (await house.ReadAsync<Page<SuppressionResponse>>($"{Suppressions}?recipient={address}")).Items;

    private Task<bool> SuppressAsync(SuppressionReason reason, string? note) =>
        house.AskAsync(db => db.SuppressAsync(address, reason, note, by: null, TimeProvider.System.GetUtcNow(), CancellationToken.None));

    private Task<List<string>> AuditAsync() => house.AskAsync(db => db.Audit
        .Where(entry => EF.Functions.Like(entry.Subject, MaskedAddress.Of(address) + "%"))
        .OrderBy(entry => entry.Id)
        .Select(entry => $"{entry.Action} {entry.Subject} {entry.Reason}")
        .ToListAsync());
}
