using Travel.Domain.Accounts;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Errands;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings.Photos;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;
using Travel.Domain.Reviews;

namespace Travel.Domain.Schedules;

/// <summary>All that runs by the clock. A line here is a job: it is scheduled, recorded, shown to operators, and has a button in the dashboard.</summary>
public static class Jobs
{
    public static IReadOnlyList<Job> All { get; } =
    [
        Job.Of<Heartbeat>("heartbeat", "Records that the scheduler lives, and counts the jobs that are late.", "0 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<SampleQueues>("sample-queues", "Notes how many messages lie in each queue.", "40 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<ExpireHolds>("expire-holds", "Gives back the nights of holds that were not paid in time.", "0/20 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<ExpireChanges>("expire-changes", "Lets changes that were not paid in time fall back to the old stay.", "10/20 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<ExpireRequests>("expire-requests", "Ends requests that their host has not answered in time.", "30 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<CompleteStays>("complete-stays", "Closes stays whose check-out is over.", "0 2/10 * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<RefreshImports>("refresh-imports", "Fetches the calendars of other sites that are due.", "45 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<ReconcilePayments>("reconcile-payments", "Asks the payment provider about payments that nobody has heard of for two minutes.", "15/30 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<SendRefunds>("send-refunds", "Sends the refunds that are due, and asks about those under way.", "5/20 * * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<CompareWithGateway>("compare-with-gateway", "Lays the payment provider's books beside ours, and reports in what they differ.", "0 40 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<CheckInvariants>("check-invariants", "Looks whether what must be true of the data is; fails where it is not.", "25 4/10 * * * ?", (work, token) => work.RequireAsync(token)),
        Job.Of<RemindOfCheckIn>("remind-of-check-in", "Reminds guests of their stay, from the morning of the day before on.", "0 3/10 * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<InviteReviews>("invite-reviews", "Asks guests how it was, on the day after check-out.", "0 8/15 * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<SendHostDigests>("send-host-digests", "Tells hosts in their morning what the day brings.", "0 1/15 * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<ReportWeek>("report-week", "Tells operators what last week brought.", "0 0 6 ? * MON", (work, token) => work.ExecuteAsync(token)),
        Job.Of<InviteGuestsBack>("invite-guests-back", "Writes to guests who have not booked for a year, once and to 200 at most.", "0 0 2 ? * SUN", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneIdempotencyKeys>("prune-idempotency-keys", "Forgets answers that nobody will ask for again.", "0 5 * * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneOutbox>("prune-outbox", "Forgets messages that were published, or dropped, long ago.", "0 10 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneRefreshTokens>("prune-refresh-tokens", "Forgets refresh tokens that have expired.", "0 20 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneAccountTokens>("prune-account-tokens", "Forgets links of mails that have expired.", "0 22 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneSessions>("prune-sessions", "Forgets sessions that nobody can go on with.", "0 25 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneUnverifiedAccounts>("prune-unverified-accounts", "Forgets accounts whose address nobody has confirmed for a month.", "0 27 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneGatewayNotices>("prune-gateway-notices", "Forgets what the payment provider told us a quarter ago.", "0 28 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneJobRuns>("prune-job-runs", "Forgets runs of jobs from long ago.", "0 30 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneReminders>("prune-reminders", "Forgets that reminders were sent long ago.", "0 31 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneErrands>("prune-errands", "Forgets errands that ended a month ago, with their files.", "0 32 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneQueueMinutes>("prune-queue-minutes", "Forgets how queues were a week ago.", "0 33 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PruneDeadLetters>("prune-dead-letters", "Forgets dead letters that were settled a quarter ago.", "0 34 3 * * ?", (work, token) => work.ExecuteAsync(token)),
        Job.Of<PrunePhotos>("prune-photos", "Deletes pictures that belong to no listing.", "0 35 3 * * ?", (work, token) => work.ExecuteAsync(token)),
    ];

    public static Job? Find(string name) => All.FirstOrDefault(job => job.Name == name);
}
