using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Errands;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Errands;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Errands;

[Collection(TravelGraph.Outages)]
public sealed class ErrandRecoveryTests(TravelGraph graph)
{
    private const string Address = "/api/v1/operations/errands";
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_check_of_pictures_whose_worker_is_killed_goes_on_with_another_worker_and_has_each_fault_once()
    {
        using var host = await graph.HostAsync();
        using var @operator = await graph.HostAsync(Role.Operator);
        await using var db = await graph.DatabaseAsync();
        var draft = await host.DraftAsync();
        var (good, spoiled, stuck) = (await UploadAsync(host, draft.Id), await UploadAsync(host, draft.Id), await UploadAsync(host, draft.Id));
        var content = await File.ReadAllBytesAsync(PathOf(stuck));
        await File.WriteAllBytesAsync(PathOf(spoiled), [.. content[..^1], 0]);
        // Before all others, and without a picture.
        var first = new Photo
        {
            Id = new Guid("00000000-0000-7000-8000-000000000001"), ListingId = draft.Id, Position = 3, Caption = "", MediaType = "image/png", Width = 4, Height = 3,
            SizeBytes = 1, CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Photos.Add(first);
        await db.SaveChangesAsync();
        // Whoever opens it waits for as long as nobody writes there.
        File.Delete(PathOf(stuck));
        using (var pipe = Process.Start("mkfifo", [PathOf(stuck)]))
        {
            await pipe.WaitForExitAsync();
        }

        var errand = await RequestAsync(@operator);
        var running = await Eventually.GetAsync(
            () => FindAsync(errand.Id), row => row is { State: ErrandState.Running, StepsDone: > 0 }, AtMost, "The check under way");
        await graph.KillAsync(ResourceNames.Worker);
        File.Delete(PathOf(stuck));
        await File.WriteAllBytesAsync(PathOf(stuck), content);
        await db.Photos.Where(photo => photo.Id == first.Id).ExecuteDeleteAsync();
        // As if a minute had passed.
        await db.Errands.Where(row => row.Id == errand.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(left => left.LeasedUntil, (DateTimeOffset?)TimeProvider.System.GetUtcNow()));
        await graph.StartAsync(ResourceNames.Worker);
        var done = await Eventually.GetAsync(() => FindAsync(errand.Id), row => row.EndedAt is not null, AtMost, "The check done by another worker");

        (done.State, done.Attempts, done.LastError).ShouldBe((ErrandState.Done, 2, null));
        done.Worker.ShouldNotBe(running.Worker);
        done.StepsDone.ShouldBeGreaterThan(running.StepsDone);
        var lines = (await @operator.GetStringAsync($"{Address}/{errand.Id}/file")).Split("\r\n");
        // Found by the first worker, and not looked at again.
        lines.Count(line => line == $"missing,{first.Id},{draft.Id},There is no picture").ShouldBe(1);
        lines.Where(line => line.Contains($"{draft.Id}") && !line.Contains($"{first.Id}")).ShouldBe([$"broken,{spoiled},{draft.Id},Not the picture that was uploaded"]);
        lines.ShouldAllBe(line => !line.Contains($"{good}") && !line.Contains($"{stuck}"));

        async Task<Errand> FindAsync(Guid id) => await db.Errands.AsNoTracking().SingleAsync(row => row.Id == id);
    }

    private string PathOf(Guid photo) => Path.Combine(graph.Photos, $"{photo:N}"[^2..], $"{photo:N}");

    private static async Task<Guid> UploadAsync(HttpClient host, Guid listing)
    {
        using var answer = await host.AddPhotoAsync(listing, Pictures.Png(4, 3));
        return (await answer.ReadAsync<ListingPhoto>(HttpStatusCode.Created)).Id;
    }

    private static async Task<ErrandResponse> RequestAsync(HttpClient @operator)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = JsonContent.Create(new RequestErrandRequest(ErrandKind.PhotoCheck), options: TravelJson.Options),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await @operator.SendAsync(request);
        return await answer.ReadAsync<ErrandResponse>(HttpStatusCode.Accepted);
    }
}
