using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Tests.Fixtures;

/// <summary>
/// An Api with a database and a gateway of its own. No worker is there: money stays where operators put it, and nobody asks the gateway
/// before they do.
/// </summary>
public sealed class OperatorHouse(TravelGraph graph) : IAsyncLifetime
{
    internal const string Payments = "/api/v1/operations/payments";

    private TravelDbContext? owner;
    private ApiInProcess? api;

    internal SandboxHost Gateway { get; private set; } = null!;

    /// <summary>As whom the tests act, unless they need another.</summary>
    internal User Person { get; private set; } = null!;

    internal HttpClient Operator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        owner = await SeededDatabase.EmptyAsync(graph, $"operators_{Guid.NewGuid():N}");
        Gateway = await SandboxHost.StartAsync();
        api = await ApiInProcess.OnAsync(graph, owner.Database.GetConnectionString()!, new QueryPlans(), Gateway.Address);
        (Person, Operator) = await SomebodyAsync(Role.Operator);
    }

    public async Task DisposeAsync()
    {
        Operator.Dispose();
        await api!.DisposeAsync();
        await Gateway.DisposeAsync();
        await owner!.Database.EnsureDeletedAsync();
        await owner.DisposeAsync();
    }

    internal async Task<(User Person, HttpClient Client)> SomebodyAsync(Role role)
    {
        var person = Persons.New(role);
        person.DisplayName = $"Operator {person.Id:N}"[..20];
        await AskAsync(async db =>
        {
            db.Users.Add(person);
            db.Sessions.Add(new Session { Id = person.Id, UserId = person.Id, CreatedAt = person.CreatedAt, LastUsedAt = person.CreatedAt });
            return await db.SaveChangesAsync();
        });
        return (person, api!.SignedIn(person.Id, role));
    }

    internal async Task<T> AskAsync<T>(Func<TravelDbContext, Task<T>> question)
    {
        var options = new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(owner!.Database.GetConnectionString());
        await using var db = new TravelDbContext(options.Options);
        return await question(db);
    }

    internal Task<HttpResponseMessage> TryRefundAsync(Guid payment, Money amount, string reason = "Paid by mistake.", string? key = null, HttpClient? by = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Payments}/{payment}/refund")
        {
            Content = JsonContent.Create(new RefundPaymentRequest(amount, reason), options: TravelJson.Options),
        };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return (by ?? Operator).SendAsync(request);
    }

    internal async Task<RefundDetail> RefundAsync(Guid payment, Money amount, string reason = "Paid by mistake.")
    {
        using var answer = await TryRefundAsync(payment, amount, reason);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<RefundDetail>(TravelJson.Options))!;
    }

    internal Task<BookingLedger> LedgerAsync(Guid booking) => ReadAsync<BookingLedger>($"/api/v1/operations/bookings/{booking}/ledger");

    /// <summary>Whatever was done in the house, nothing of it is wrong.</summary>
    internal async Task ShouldBeSoundAsync() =>
        (await ReadAsync<InvariantsResponse>("/api/v1/operations/invariants")).Items.Where(rule => rule.Breaches > 0).SelectMany(rule => rule.Rows.Prepend(rule.Rule)).ShouldBeEmpty();

    internal async Task<T> ReadAsync<T>(string path) => (await Operator.GetFromJsonAsync<T>(path, TravelJson.Options))!;
}
