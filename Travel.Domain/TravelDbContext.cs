using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Errands;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;
using Travel.Domain.Reviews;
using Travel.Domain.Schedules;
using Travel.Domain.Seeding;

namespace Travel.Domain;

/// <summary>The whole model. Each entity's mapping lies beside it.</summary>
public sealed class TravelDbContext(DbContextOptions<TravelDbContext> options) : IdentityUserContext<User, Guid>(options)
{
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();
    public DbSet<Listing> Listings => Set<Listing>();
    public DbSet<Season> Seasons => Set<Season>();
    public DbSet<Photo> Photos => Set<Photo>();
    public DbSet<Occupancy> Occupancies => Set<Occupancy>();
    public DbSet<HostBlock> HostBlocks => Set<HostBlock>();
    public DbSet<CalendarToken> CalendarTokens => Set<CalendarToken>();
    public DbSet<CalendarImport> CalendarImports => Set<CalendarImport>();
    public DbSet<ImportedEvent> ImportedEvents => Set<ImportedEvent>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<BookingChange> BookingChanges => Set<BookingChange>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<GatewayReport> GatewayReports => Set<GatewayReport>();
    public DbSet<GatewayNotice> GatewayNotices => Set<GatewayNotice>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<QueueMinute> QueueMinutes => Set<QueueMinute>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<MailMessage> Mails => Set<MailMessage>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<SuppressedAddress> SuppressedAddresses => Set<SuppressedAddress>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<JobState> Jobs => Set<JobState>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<Errand> Errands => Set<Errand>();
    public DbSet<ErrandFilePart> ErrandFileParts => Set<ErrandFilePart>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<DemoData> DemoData => Set<DemoData>();

    /// <summary>What goes before the next query; see <see cref="RoundTrip"/>.</summary>
    internal StatementsAhead? Ahead { get; set; }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(TravelDbContext).Assembly);
        SnakeCase.Apply(builder);
    }
}
