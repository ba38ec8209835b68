using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Travel.Contracts.Operations;
using Travel.Contracts.Schedules;
using Travel.Domain.Accounts;
using Travel.Domain.Idempotency;
using Travel.Domain.Mail;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;
using Travel.Domain.Messaging;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Schedules;

[Collection(TravelGraph.Collection)]
public sealed class PruneTests(TravelGraph graph)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    private readonly SetClock clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task An_answer_is_kept_for_a_day_and_then_forgotten()
    {
        await using var db = await graph.DatabaseAsync();
        var caller = Guid.NewGuid();
        db.IdempotencyKeys.AddRange(
            Answer(caller, "old", clock.Now - TimeSpan.FromDays(1) - Moment), Answer(caller, "young", clock.Now - TimeSpan.FromDays(1) + Moment));
        await db.SaveChangesAsync();

        var pruned = await new PruneIdempotencyKeys(db, clock).ExecuteAsync(CancellationToken.None);

        pruned.ShouldBeGreaterThanOrEqualTo(1);
        (await db.IdempotencyKeys.Where(key => key.CallerId == caller).Select(key => key.Key).ToListAsync()).ShouldBe(["young"]);
    }

    [Fact]
    public async Task A_message_is_kept_for_a_week_after_it_was_published_and_for_ever_before()
    {
        await using var db = await graph.DatabaseAsync();
        var old = clock.Now - TimeSpan.FromDays(7) - Moment;
        var forgotten = Message(old, published: old);
        var young = Message(old, published: clock.Now - TimeSpan.FromDays(7) + Moment);
        // Younger than what the relay sweeps up, so that nobody publishes it meanwhile.
        var waiting = Message(clock.Now + TimeSpan.FromDays(1), published: null);
        db.Outbox.AddRange(forgotten, young, waiting);
        await db.SaveChangesAsync();

        await new PruneOutbox(db, Options.Create(new OutboxOptions()), new SetClock(clock.Now)).ExecuteAsync(CancellationToken.None);

        Guid[] ids = [forgotten.Id, young.Id, waiting.Id];
        (await db.Outbox.Where(message => ids.Contains(message.Id)).Select(message => message.Id).ToListAsync()).ShouldBe([young.Id, waiting.Id], ignoreOrder: true);
        await db.Outbox.Where(message => message.Id == waiting.Id).ExecuteDeleteAsync();
    }

    [Fact]
    public async Task A_refresh_token_is_kept_until_it_expires_used_or_not()
    {
        await using var db = await graph.DatabaseAsync();
        var user = (await graph.PersonAsync()).Id;
        var (expired, _) = RefreshToken.Issue(user, Guid.NewGuid(), TimeSpan.FromHours(1), clock.Now - TimeSpan.FromHours(1) - Moment);
        var (used, _) = RefreshToken.Issue(user, Guid.NewGuid(), TimeSpan.FromHours(1), clock.Now - TimeSpan.FromHours(1) + Moment);
        used.UsedAt = clock.Now;
        db.RefreshTokens.AddRange(expired, used);
        await db.SaveChangesAsync();

        await new PruneRefreshTokens(db, clock).ExecuteAsync(CancellationToken.None);

        (await db.RefreshTokens.Where(token => token.UserId == user).Select(token => token.Id).ToListAsync()).ShouldBe([used.Id]);
    }

    [Fact]
    public async Task The_link_of_a_mail_is_kept_until_it_expires()
    {
        await using var db = await graph.DatabaseAsync();
        var user = await graph.PersonAsync();
        var (expired, _) = AccountToken.Issue(user, AccountTokenPurpose.ResetPassword, TimeSpan.FromHours(1), clock.Now - TimeSpan.FromHours(1) - Moment);
        var (good, _) = AccountToken.Issue(user, AccountTokenPurpose.ResetPassword, TimeSpan.FromHours(1), clock.Now - TimeSpan.FromHours(1) + Moment);
        db.AccountTokens.AddRange(expired, good);
        await db.SaveChangesAsync();

        await new PruneAccountTokens(db, clock).ExecuteAsync(CancellationToken.None);

        (await db.AccountTokens.Where(token => token.UserId == user.Id).Select(token => token.Id).ToListAsync()).ShouldBe([good.Id]);
    }

    [Fact]
    public async Task A_session_is_kept_while_somebody_may_go_on_with_it()
    {
        await using var db = await graph.DatabaseAsync();
        var user = (await graph.PersonAsync()).Id;
        var longAgo = clock.Now - TimeSpan.FromDays(1) - Moment;
        var over = Session.Start(user, userAgent: null, longAgo);
        var asleep = Session.Start(user, userAgent: null, longAgo);
        var young = Session.Start(user, userAgent: null, clock.Now - TimeSpan.FromDays(1) + Moment);
        db.Sessions.AddRange(over, asleep, young);
        db.RefreshTokens.Add(RefreshToken.Issue(user, asleep.Id, TimeSpan.FromDays(14), longAgo).Row);
        await db.SaveChangesAsync();

        await new PruneSessions(db, clock).ExecuteAsync(CancellationToken.None);

        Guid[] ids = [over.Id, asleep.Id, young.Id];
        (await db.Sessions.Where(session => ids.Contains(session.Id)).Select(session => session.Id).ToListAsync()).ShouldBe([asleep.Id, young.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task An_account_whose_address_nobody_confirms_is_kept_for_a_month_and_for_ever_once_it_is_confirmed_or_has_something()
    {
        await using var db = await graph.DatabaseAsync();
        var longAgo = clock.Now - TimeSpan.FromDays(30) - Moment;
        var forgotten = Persons.New(verified: false, since: longAgo);
        var young = Persons.New(verified: false, since: clock.Now - TimeSpan.FromDays(30) + Moment);
        var verified = Persons.New(since: longAgo);
        var host = Persons.New(verified: false, since: longAgo);
        var guest = Persons.New(verified: false, since: longAgo);
        db.Users.AddRange(forgotten, young, verified, host, guest);
        await db.SaveChangesAsync();
        db.AccountTokens.Add(AccountToken.Issue(forgotten, AccountTokenPurpose.VerifyAddress, TimeSpan.FromDays(1), longAgo).Row);
        db.Mails.Add(new MailMessage
        {
            Id = Guid.CreateVersion7(), EventId = Guid.NewGuid(), Kind = "verify-address", RecipientId = forgotten.Id, Status = MailStatus.Queued, Attempts = 0, CreatedAt = longAgo,
        });
        await db.SaveChangesAsync();
        await db.SuppressAsync(forgotten.Email!, SuppressionReason.Bounced, "550 5.1.1", by: null, longAgo, CancellationToken.None);
        await db.SuppressAsync(forgotten.Email!, SuppressionReason.Operator, "Asked for it.", by: verified.Id, longAgo, CancellationToken.None);
        await db.SuppressAsync(young.Email!, SuppressionReason.Bounced, "550 5.1.1", by: null, longAgo, CancellationToken.None);
        await graph.StayedAsync(await graph.DraftAsync(host.Id), guest.Id, inDays: -10);

        var pruned = await new PruneUnverifiedAccounts(db, clock).ExecuteAsync(CancellationToken.None);

        pruned.ShouldBeGreaterThanOrEqualTo(1);
        Guid[] ids = [forgotten.Id, young.Id, verified.Id, host.Id, guest.Id];
        (await db.Users.Where(user => ids.Contains(user.Id)).Select(user => user.Id).ToListAsync()).ShouldBe([young.Id, verified.Id, host.Id, guest.Id], ignoreOrder: true);
        string[] addresses = [forgotten.NormalizedEmail!, young.NormalizedEmail!];
        (await db.SuppressedAddresses.Where(suppressed => addresses.Contains(suppressed.Address))
            .Select(suppressed => new { suppressed.Address, suppressed.Reason }).ToListAsync())
            .Select(left => (left.Address, left.Reason))
            .ShouldBe([(forgotten.NormalizedEmail!, SuppressionReason.Operator), (young.NormalizedEmail!, SuppressionReason.Bounced)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_run_of_a_job_is_kept_for_a_quarter()
    {
        await using var db = await graph.DatabaseAsync();
        var name = Guid.NewGuid().ToString();
        db.JobRuns.AddRange(Run(name, clock.Now - TimeSpan.FromDays(90) - Moment), Run(name, clock.Now - TimeSpan.FromDays(90) + Moment));
        await db.SaveChangesAsync();

        await new PruneJobRuns(db, Options.Create(new SchedulesOptions()), clock).ExecuteAsync(CancellationToken.None);

        (await db.JobRuns.Where(run => run.Job == name).Select(run => run.StartedAt).ToListAsync()).ShouldHaveSingleItem().ShouldBeGreaterThan(clock.Now - TimeSpan.FromDays(90));
    }

    [Fact]
    public async Task A_picture_is_kept_as_long_as_a_photo_shows_it_and_for_a_day_without()
    {
        var folder = Directory.CreateTempSubdirectory("travel-photos-");
        var store = new DiskPhotoStore(Options.Create(new PhotoOptions { Folder = folder.FullName }));
        var listing = await graph.DraftAsync((await graph.PersonAsync(Role.Host)).Id);
        var old = clock.Now - TimeSpan.FromDays(1) - Moment;
        var (shown, lost, young) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { shown, lost, young })
        {
            await store.SaveAsync(id, new byte[] { 1 }, CancellationToken.None);
        }

        var picture = folder.EnumerateFiles(lost.ToString("N"), SearchOption.AllDirectories).Single();
        picture.CopyTo($"{picture.FullName}.{Guid.NewGuid():N}");
        var foreign = picture.CopyTo(Path.Combine(folder.FullName, "lost+found.txt"));
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != young.ToString("N")))
        {
            file.LastWriteTimeUtc = old.UtcDateTime;
        }

        await using var db = await graph.DatabaseAsync();
        db.Photos.Add(new Photo
        {
            Id = shown, ListingId = listing.Id, Position = 0, Caption = "", MediaType = "image/png", Width = 1, Height = 1, SizeBytes = 1, CreatedAt = old,
        });
        await db.SaveChangesAsync();

        (await new PrunePhotos(db, store, clock).ExecuteAsync(CancellationToken.None)).ShouldBe(2);

        folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name)
            .ShouldBe([shown.ToString("N"), young.ToString("N"), foreign.Name], ignoreOrder: true);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_minute_of_a_queue_is_kept_for_a_week()
    {
        var queue = $"test-{Guid.NewGuid():N}";
        await using var db = await graph.DatabaseAsync();
        var week = TimeSpan.FromDays(7);
        db.QueueMinutes.AddRange(new QueueMinute { Queue = queue, At = clock.Now - week - Moment }, new QueueMinute { Queue = queue, At = clock.Now - week + Moment });
        await db.SaveChangesAsync();

        await new PruneQueueMinutes(db, clock).ExecuteAsync(CancellationToken.None);

        (await db.QueueMinutes.Where(minute => minute.Queue == queue).Select(minute => minute.At).ToListAsync()).ShouldHaveSingleItem().ShouldBeGreaterThan(clock.Now - week);
    }

    [Fact]
    public async Task A_dead_letter_is_kept_for_a_quarter_after_it_was_settled_and_for_ever_before()
    {
        var queue = $"test-{Guid.NewGuid():N}";
        await using var db = await graph.DatabaseAsync();
        var old = clock.Now - TimeSpan.FromDays(90) - Moment;
        DeadLetter[] letters = [Letter("dropped"), Letter("replayed"), Letter("settled late"), Letter("waiting")];
        letters[0].Drop(Guid.NewGuid(), "A test.", old);
        letters[1].Replay(Guid.NewGuid(), old);
        letters[2].Drop(Guid.NewGuid(), "A test.", clock.Now - TimeSpan.FromDays(90) + Moment);
        db.DeadLetters.AddRange(letters);
        await db.SaveChangesAsync();

        await new PruneDeadLetters(db, clock).ExecuteAsync(CancellationToken.None);

        (await db.DeadLetters.Where(letter => letter.Queue == queue).Select(letter => letter.MessageId).ToListAsync()).ShouldBe(["settled late", "waiting"], ignoreOrder: true);
        await db.DeadLetters.Where(letter => letter.Queue == queue).ExecuteDeleteAsync();

        DeadLetter Letter(string id) => DeadLetter.Of(queue, new BasicProperties { MessageId = id }, Array.Empty<byte>(), old);
    }

    [Fact]
    public async Task A_notice_of_the_gateway_is_kept_for_a_quarter()
    {
        var host = await graph.PersonAsync(Role.Host);
        var stay = await graph.StayedAsync(await graph.DraftAsync(host.Id), (await graph.PersonAsync()).Id, inDays: -200);
        var payment = await graph.PaidAsync(stay, clock.Now - TimeSpan.FromDays(100));
        await using var db = await graph.DatabaseAsync();
        db.GatewayNotices.AddRange(
            PaidStays.NoticeOf(payment, clock.Now - TimeSpan.FromDays(90) - Moment), PaidStays.NoticeOf(payment, clock.Now - TimeSpan.FromDays(90) + Moment, "charge.refunded"));
        await db.SaveChangesAsync();

        (await new PruneGatewayNotices(db, clock).ExecuteAsync(CancellationToken.None)).ShouldBeGreaterThanOrEqualTo(1);

        (await db.GatewayNotices.Where(notice => notice.TxRef == payment.TxRef).Select(notice => notice.Event).ToListAsync()).ShouldBe(["charge.refunded"]);
    }

    [Fact]
    public async Task That_somebody_was_told_is_kept_for_a_quarter_and_whom_we_have_missed_for_ever()
    {
        await using var db = await graph.DatabaseAsync();
        var about = Guid.NewGuid();
        var day = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        var old = clock.Now - TimeSpan.FromDays(90) - Moment;
        db.Reminders.AddRange(
            new Reminder { Kind = ReminderKind.CheckIn, AboutId = about, ForOn = day, At = old },
            new Reminder { Kind = ReminderKind.Review, AboutId = about, ForOn = day, At = old + (2 * Moment) },
            new Reminder { Kind = ReminderKind.Missed, AboutId = about, ForOn = day, At = old });
        await db.SaveChangesAsync();

        await new PruneReminders(db, clock).ExecuteAsync(CancellationToken.None);

        (await db.Reminders.Where(reminder => reminder.AboutId == about).Select(reminder => reminder.Kind).ToListAsync())
            .ShouldBe([ReminderKind.Review, ReminderKind.Missed], ignoreOrder: true);
    }

    private static IdempotencyKey Answer(Guid caller, string key, DateTimeOffset at) =>
        new() { CallerId = caller, Key = key, RequestHash = new byte[32], Response = "{}", CreatedAt = at };

    private static OutboxMessage Message(DateTimeOffset at, DateTimeOffset? published) =>
        new() { Id = Guid.CreateVersion7(at), RoutingKey = "test.nothing", Body = "{}", CreatedAt = at, PublishedAt = published };

    private static JobRun Run(string job, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at), Job = job, Cause = JobCause.Schedule, Worker = "test", StartedAt = at, FinishedAt = at, Outcome = JobOutcome.Succeeded, Items = 0,
    };
}
