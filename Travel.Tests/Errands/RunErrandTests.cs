using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Errands;
using Travel.Domain.Errands;
using Travel.Tests.Fixtures;
using Travel.Worker.Errands;

namespace Travel.Tests.Errands;

[Collection(DatabaseServer.Collection)]
public sealed class RunErrandTests(ErrandHouse house) : IClassFixture<ErrandHouse>
{
    private static readonly TimeSpan Lease = ErrandHouse.Options.Lease;

    [Fact]
    public async Task Progress_is_noted_once_a_second_and_each_note_renews_the_lease()
    {
        var errand = await house.RequestAsync();
        var began = house.Clock.Now;
        var seen = new List<(long Done, long? Steps, TimeSpan Lease)>();

        var done = await house.RunAsync(errand, async (run, token) =>
        {
            run.Expect(10);
            await AdvanceAsync(TimeSpan.Zero);
            await AdvanceAsync(TimeSpan.FromMilliseconds(900));
            await AdvanceAsync(TimeSpan.FromMilliseconds(100));

            async Task AdvanceAsync(TimeSpan after)
            {
                house.Clock.Pass(after);
                await run.AdvanceAsync(3, "here", token);
                var row = await house.FindAsync(errand);
                row.State.ShouldBe(ErrandState.Running);
                seen.Add((row.StepsDone, row.Steps, row.LeasedUntil!.Value - began));
            }
        });

        seen.ShouldBe([(3, 10, Lease), (3, 10, Lease), (9, 10, Lease + TimeSpan.FromSeconds(1))]);
        (done.State, done.StepsDone, done.Steps, done.Attempts, done.Summary, done.LeasedUntil).ShouldBe((ErrandState.Done, 9, 9, 1, ScriptedWork.Result.Summary, null));
        (done.StartedAt, done.EndedAt).ShouldBe((began, house.Clock.Now));
    }

    [Fact]
    public async Task What_a_dead_worker_had_another_goes_on_with_when_its_lease_is_over_and_not_before()
    {
        var errand = await house.RequestAsync();
        await using var db = house.Database();
        var dead = house.Claims(db);
        var claimed = (await dead.ClaimAsync(errand, CancellationToken.None)).ShouldNotBeNull();
        await dead.NoteAsync(claimed, new(1, 3, "\"one\"", 1, "one\r\n".Length), Part(errand, "one\r\n"), CancellationToken.None);

        house.Clock.Pass(Lease - TimeSpan.FromTicks(10));
        await Should.ThrowAsync<ErrandIsClaimedException>(() => house.RunAsync(errand, NothingAsync));
        house.Clock.Pass(TimeSpan.FromTicks(10));
        var done = await house.RunAsync(errand, async (run, token) =>
        {
            (run.Bookmark<string>(), run.StepsDone).ShouldBe(("one", 1));
            var claimedAnew = await house.FindAsync(errand);
            (claimedAnew.StepsDone, claimedAnew.Steps).ShouldBe((1, 3));
            run.Write("two");
            await run.AdvanceAsync(1, "two", token);
            run.Write("three");
            await run.AdvanceAsync(1, "three", token);
        });

        (done.State, done.Attempts, done.StepsDone, done.FileSizeBytes).ShouldBe((ErrandState.Done, 2, 3, "one\r\ntwo\r\nthree\r\n".Length));
        (await house.FileAsync(errand)).ShouldBe("one\r\ntwo\r\nthree\r\n");
    }

    [Fact]
    public async Task Of_workers_that_want_one_errand_at_once_one_gets_it()
    {
        var errand = await house.RequestAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var db = house.Database();
            try
            {
                return await house.Claims(db).ClaimAsync(errand, CancellationToken.None);
            }
            catch (ErrandIsClaimedException)
            {
                return null;
            }
        }));

        claims.OfType<Errand>().Count().ShouldBe(1);
        (await house.FindAsync(errand)).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_can_say_nothing_lets_go_when_its_lease_is_over()
    {
        var errand = await house.RequestAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => house.RunAsync(errand, (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token), lease: TimeSpan.FromMilliseconds(10)).WaitAsync(TimeSpan.FromSeconds(30)));

        var waiting = await house.FindAsync(errand);
        (waiting.State, waiting.LastError).ShouldBe((ErrandState.Waiting, "TimeoutException: One step took longer than the lease."));
    }

    [Fact]
    public async Task After_a_failure_it_goes_on_at_its_last_note_and_what_came_after_that_is_in_the_file_once()
    {
        var errand = await house.RequestAsync();

        await Should.ThrowAsync<IOException>(() => house.RunAsync(errand, async (run, token) =>
        {
            run.Expect(3);
            run.Write("one");
            await run.AdvanceAsync(1, "one", token);
            run.Write("two");
            // Nothing is noted within the same second.
            await run.AdvanceAsync(1, "two", token);
            throw new IOException("The folder is away.");
        }));
        var waiting = await house.FindAsync(errand);
        var done = await house.RunAsync(errand, async (run, token) =>
        {
            run.Bookmark<string>().ShouldBe("one");
            run.Write("two");
            await run.AdvanceAsync(1, "two", token);
        });

        (waiting.State, waiting.StepsDone, waiting.Steps).ShouldBe((ErrandState.Waiting, 1, 3));
        (done.State, done.StepsDone, done.Bookmark).ShouldBe((ErrandState.Done, 2, null));
        (await house.FileAsync(errand)).ShouldBe("one\r\ntwo\r\n");
    }

    [Fact]
    public async Task Where_more_comes_up_than_was_expected_there_are_more_steps_and_never_more_done_than_there_are()
    {
        var errand = await house.RequestAsync();

        await house.RunAsync(errand, async (run, token) =>
        {
            run.Expect(1);
            await run.AdvanceAsync(2, "here", token);
            var row = await house.FindAsync(errand);
            (row.StepsDone, row.Steps).ShouldBe((2, 2));
        });
    }

    [Fact]
    public async Task A_worker_that_was_taken_for_dead_and_is_not_writes_nothing_more()
    {
        var errand = await house.RequestAsync();
        var ended = await house.RunAsync(errand, async (run, token) =>
        {
            run.Write("too slow");
            house.Clock.Pass(Lease);
            await house.RunAsync(errand, WriteAsync("in time"), cancellationToken: token);
            await run.AdvanceAsync(1, "here", token);
            throw new InvalidOperationException("It goes on.");
        });

        (ended.State, ended.Attempts, ended.LastError).ShouldBe((ErrandState.Done, 2, null));
        (await house.FileAsync(errand)).ShouldBe("in time\r\n");
    }

    [Fact]
    public async Task A_worker_that_was_taken_for_dead_cannot_end_what_another_has()
    {
        var errand = await house.RequestAsync();
        await using var slow = house.Database();
        await using var quick = house.Database();
        var slowly = (await house.Claims(slow).ClaimAsync(errand, CancellationToken.None)).ShouldNotBeNull();
        house.Clock.Pass(Lease);
        await house.Claims(quick).ClaimAsync(errand, CancellationToken.None);

        await Should.ThrowAsync<ErrandLostException>(
            () => house.Claims(slow).EndAsync(slowly, new(1, 1, null, 1, 4), ScriptedWork.Result, Part(errand, "slow"), CancellationToken.None));

        (await house.FindAsync(errand)).State.ShouldBe(ErrandState.Running);
        (await house.FileAsync(errand)).ShouldBe("");
    }

    [Fact]
    public async Task Delivered_again_after_its_end_it_is_not_run_again()
    {
        var errand = await house.RequestAsync();
        var first = await house.RunAsync(errand, WriteAsync("once"));

        var second = await house.RunAsync(errand, WriteAsync("twice"));

        (second.Attempts, second.EndedAt).ShouldBe((1, first.EndedAt));
        (await house.FileAsync(errand)).ShouldBe("once\r\n");
    }

    [Fact]
    public async Task An_errand_that_is_not_there_any_more_is_nobodys_trouble()
    {
        await using var db = house.Database();

        (await house.Claims(db).ClaimAsync(Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_worker_that_has_to_stop_gives_it_back_at_once_and_that_was_no_attempt()
    {
        var errand = await house.RequestAsync();
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => house.RunAsync(
            errand,
            async (run, token) =>
            {
                run.Write("one half");
                await run.AdvanceAsync(1, "here", token);
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            cancellationToken: stop.Token));

        var given = await house.FindAsync(errand);
        (given.State, given.Attempts, given.LeasedUntil, given.LastError).ShouldBe((ErrandState.Waiting, 0, null, null));
        (await house.RunAsync(errand, WriteAsync("the other"))).Attempts.ShouldBe(1);
        (await house.FileAsync(errand)).ShouldBe("one half\r\nthe other\r\n");
    }

    [Fact]
    public async Task What_is_cancelled_is_over_at_once_and_its_worker_stops_with_the_next_note()
    {
        var errand = await house.RequestAsync();
        var goesOn = false;

        var ended = await house.RunAsync(errand, async (run, token) =>
        {
            run.Write("not wanted");
            await run.AdvanceAsync(1, "here", token);
            (await house.CancelAsync(errand)).ShouldNotBeNull().State.ShouldBe(ErrandState.Cancelled);
            (await house.FileAsync(errand)).ShouldBe("");
            house.Clock.Pass(TimeSpan.FromSeconds(1));
            run.Write("not wanted either");
            await run.AdvanceAsync(1, "here", token);
            goesOn = true;
        });

        (ended.State, ended.FileName, goesOn).ShouldBe((ErrandState.Cancelled, null, false));
        (await house.FileAsync(errand)).ShouldBe("");
    }

    [Fact]
    public async Task What_was_cancelled_before_anybody_took_it_up_is_never_begun()
    {
        var errand = await house.RequestAsync();
        await house.CancelAsync(errand);

        var ended = await house.RunAsync(errand, (_, _) => throw new InvalidOperationException("It begins."));

        (ended.State, ended.Attempts).ShouldBe((ErrandState.Cancelled, 0));
    }

    [Fact]
    public async Task What_has_ended_cannot_be_cancelled()
    {
        var errand = await house.RequestAsync();
        await house.RunAsync(errand, WriteAsync("done"));

        (await house.CancelAsync(errand)).ShouldNotBeNull().State.ShouldBe(ErrandState.Done);

        (await house.FileAsync(errand)).ShouldBe("done\r\n");
        await using var db = house.Database();
        (await db.Audit.CountAsync(entry => entry.Subject.Contains(errand.ToString()) && entry.Action == "errand-cancelled")).ShouldBe(0);
    }

    [Fact]
    public async Task What_fails_waits_for_its_next_attempt_and_has_failed_after_the_last_with_the_reason_and_without_half_a_file()
    {
        var errand = await house.RequestAsync();

        await Should.ThrowAsync<IOException>(() => house.RunAsync(errand, FailAsync));
        var waiting = await house.FindAsync(errand);
        (await house.FileAsync(errand)).ShouldBe("half\r\n");
        var failed = await house.RunAsync(errand, FailAsync);
        var after = await house.RunAsync(errand, WriteAsync("too late"));

        (waiting.State, waiting.Attempts, waiting.LastError, waiting.EndedAt).ShouldBe((ErrandState.Waiting, 1, "IOException: The folder is away.", null));
        (failed.State, failed.LastError).ShouldBe((ErrandState.Failed, "Given up after 2 attempts. IOException: The folder is away."));
        (after.State, after.Attempts, after.EndedAt).ShouldBe((ErrandState.Failed, 2, failed.EndedAt));

        (await house.FileAsync(errand)).ShouldBe("");

        static async Task FailAsync(ErrandRun run, CancellationToken token)
        {
            if (run.Bookmark<string>() is null)
            {
                await WriteAsync("half")(run, token);
            }

            throw new IOException("The folder is away.");
        }
    }

    [Fact]
    public async Task A_reason_that_is_long_is_cut_off()
    {
        var errand = await house.RequestAsync();

        await Should.ThrowAsync<IOException>(() => house.RunAsync(errand, (_, _) => throw new IOException(new string('!', 2000))));

        (await house.FindAsync(errand)).LastError!.Length.ShouldBe(Errand.LongestError);
    }

    [Fact]
    public async Task What_its_workers_die_of_is_given_up_too()
    {
        var errand = await house.RequestAsync();
        await using var db = house.Database();
        for (var attempt = 0; attempt < ErrandHouse.Options.Attempts; attempt++)
        {
            var claimed = (await house.Claims(db).ClaimAsync(errand, CancellationToken.None)).ShouldNotBeNull();
            await house.Claims(db).NoteAsync(claimed, new(attempt + 1, 5, "1", attempt + 1, 4), Part(errand, "half", attempt), CancellationToken.None);
            await Should.ThrowAsync<ErrandIsClaimedException>(() => house.Claims(db).ClaimAsync(errand, CancellationToken.None));
            house.Clock.Pass(Lease);
        }

        var failed = await house.RunAsync(errand, NothingAsync);

        (failed.State, failed.LastError).ShouldBe((ErrandState.Failed, "Given up after 2 attempts. The worker of the last one died before it was done."));
        (await house.FileAsync(errand)).ShouldBe("");
    }

    [Fact]
    public async Task A_file_larger_than_what_is_kept_in_memory_is_written_in_parts_and_is_one_file()
    {
        var errand = await house.RequestAsync();
        var line = new string('x', 1_000_000);

        var done = await house.RunAsync(errand, async (run, token) =>
        {
            for (var number = 0; number < 11; number++)
            {
                run.Write($"{number}", line);
                await run.AdvanceAsync(1, "here", token);
            }
        });

        var file = await house.FileAsync(errand);
        file.Length.ShouldBe((int)done.FileSizeBytes);
        file.Split("\r\n").Select(written => written.Split(',')[0]).ShouldBe([.. Enumerable.Range(0, 11).Select(number => $"{number}"), ""]);
        await using var db = house.Database();
        var sizes = await db.ErrandFileParts.Where(part => part.ErrandId == errand).Select(part => part.Content.Length).ToListAsync();
        sizes.Count.ShouldBeGreaterThan(2);
        sizes.ShouldAllBe(size => size < 6_000_000);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_commit_claims_writes_and_ends_once()
    {
        var errand = await house.RequestAsync();
        await using var claiming = house.Database(new LostCommit());
        await using var noting = house.Database(new LostCommit());
        await using var ending = house.Database(new LostCommit());

        var claimed = (await house.Claims(claiming).ClaimAsync(errand, CancellationToken.None)).ShouldNotBeNull();
        await house.Claims(noting).NoteAsync(claimed, new(1, 2, "1", 1, 4), Part(errand, "one "), CancellationToken.None);
        await house.Claims(ending).EndAsync(claimed, new(2, 2, "2", 2, 7), ScriptedWork.Result, Part(errand, "two", number: 1), CancellationToken.None);

        var done = await house.FindAsync(errand);
        (done.State, done.Attempts).ShouldBe((ErrandState.Done, 1));
        (await house.FileAsync(errand)).ShouldBe("one two");
    }

    [Fact]
    public async Task What_ended_a_month_ago_is_forgotten_with_its_file_and_what_has_not_ended_never_is()
    {
        var (old, young, waiting) = (await house.RequestAsync(), await house.RequestAsync(), await house.RequestAsync());
        await house.RunAsync(old, WriteAsync("old"));
        house.Clock.Pass(TimeSpan.FromMinutes(2));
        await house.RunAsync(young, WriteAsync("young"));
        var later = new SetClock(house.Clock.Now + TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        await using var db = house.Database();

        (await new PruneErrands(db, Microsoft.Extensions.Options.Options.Create(ErrandHouse.Options), later).ExecuteAsync(CancellationToken.None)).ShouldBeGreaterThanOrEqualTo(1);

        Guid[] ids = [old, young, waiting];
        (await db.Errands.Where(errand => ids.Contains(errand.Id)).Select(errand => errand.Id).ToListAsync()).ShouldBe([young, waiting], ignoreOrder: true);
        (await house.FileAsync(old), await house.FileAsync(young)).ShouldBe(("", "young\r\n"));
    }

    private static ErrandFilePart Part(Guid errand, string content, int number = 0) => new() { ErrandId = errand, Number = number, Content = System.Text.Encoding.UTF8.GetBytes(content) };

    private static Task NothingAsync(ErrandRun run, CancellationToken cancellationToken) => Task.CompletedTask;

    private static Func<ErrandRun, CancellationToken, Task> WriteAsync(string line) => (run, token) =>
    {
        run.Write(line);
        return run.AdvanceAsync(1, "here", token);
    };
}
