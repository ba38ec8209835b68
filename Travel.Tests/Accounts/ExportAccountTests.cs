using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Mail;
using Travel.Domain.Operations;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class ExportAccountTests(TravelGraph graph)
{
    private const string SameAsTheBooking = "an answer that repeats what is exported as a booking";
    private const string SameAsTheAudit = "which operator it was; the audit, which is exported, says so too";
    private const string OfQuartz = "Quartz's own column, in which nothing here writes who it was";
    private const string NeverWritten = "Identity's own table, which nothing here writes";

    /// <summary>Every column that says whose a row is, and what of the export has the row.</summary>
    private static readonly Dictionary<string, string> Exported = new(StringComparer.Ordinal)
    {
        ["account_tokens.user_id"] = "mailedLinks",
        ["audit.actor_id"] = "operations",
        ["booking_timeline.actor_id"] = "actionsOnOthersBookings",
        ["bookings.guest_id"] = "bookings",
        ["listings.host_id"] = "listings",
        ["mails.recipient_id"] = "mails",
        ["payments.guest_id"] = "payments",
        ["refresh_tokens.user_id"] = "sessions",
        ["reviews.guest_id"] = "reviews",
        ["sessions.user_id"] = "sessions",
    };

    /// <summary>Those whose rows are left out, each with the reason.</summary>
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["bookings.host_id"] = "bookings are their guests'; the host's part in them is exported as what they did, and their listings",
        ["dead_letters.settled_by"] = SameAsTheAudit,
        ["errands.asked_by"] = SameAsTheAudit,
        ["idempotency_keys.caller_id"] = SameAsTheBooking,
        ["jobs.paused_by"] = SameAsTheAudit,
        ["listings.suspended_by"] = SameAsTheAudit,
        ["outbox_messages.dropped_by"] = SameAsTheAudit,
        ["ledger_entries.host_id"] = "what hosts have earned is in their earnings; what is exported are the guests' payments",
        ["payments.host_id"] = "payments are their guests'",
        ["refunds.decided_by"] = "the booking's history and the audit, which are exported, say who did what the refund is for",
        ["suppressed_addresses.suppressed_by"] = SameAsTheAudit,
        ["qrtz_paused_job_grps.paused_by"] = OfQuartz,
        ["qrtz_paused_trigger_grps.paused_by"] = OfQuartz,
        ["qrtz_triggers.paused_by"] = OfQuartz,
        ["user_claims.user_id"] = NeverWritten,
        ["user_logins.user_id"] = NeverWritten,
        ["user_tokens.user_id"] = NeverWritten,
    };

    [Fact]
    public async Task Every_column_that_says_whose_a_row_is_is_exported_or_left_out_for_a_reason()
    {
        await using var db = await graph.DatabaseAsync();

        // Those that refer to users, and those that do so without a foreign key but go by one of the names.
        var columns = await db.Database.SqlQuery<string>(
            $"""
            SELECT DISTINCT c.relname || '.' || a.attname AS "Value"
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
                AND (a.attname ~ '(^|_)(user|guest|host|actor|caller|recipient|author|operator|person|owner_user)_id$'
                    OR a.attname ~ '_by(_id)?$'
                    OR EXISTS (SELECT 1 FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid = 'users'::regclass AND a.attnum = ANY (k.conkey)))
            """).ToListAsync();

        columns.ShouldBe(Exported.Keys.Concat(LeftOut.Keys), ignoreOrder: true);
    }

    /// <summary>Every column that refers to what is somebody's, and as part of what its rows are exported; or why they are not.</summary>
    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal)
    {
        ["booking_changes.booking_id"] = "bookings: changes",
        ["booking_changes.listing_id"] = "bookings: changes",
        ["booking_timeline.booking_id"] = "bookings: timeline",
        ["bookings.listing_id"] = "bookings: listing; those at one's own listings are the guests'",
        ["calendar_imports.listing_id"] = "listings: importedCalendars",
        ["calendar_tokens.listing_id"] = "listings: calendarLinkIssuedAt",
        ["host_blocks.listing_id"] = "listings: closedNights",
        ["imported_events.import_id"] = "left out: a copy of what the other site has, which is exported there",
        ["listing_photos.listing_id"] = "listings: photos",
        ["ledger_entries.booking_id"] = "left out: the same money as in payments and refunds, by account",
        ["ledger_entries.payment_id"] = "left out: the same money as in payments and refunds, by account",
        ["listing_seasons.listing_id"] = "listings: rates",
        ["mails.booking_id"] = "mails",
        ["occupancies.listing_id"] = "left out: the nights of what is exported as bookings and closedNights",
        ["payments.booking_id"] = "payments: bookingReference",
        ["payments.listing_id"] = "payments: bookingReference",
        ["refunds.booking_id"] = "payments: refunds",
        ["refunds.payment_id"] = "payments: refunds",
        ["refresh_tokens.family_id"] = "sessions: refreshes",
        ["reviews.booking_id"] = "reviews",
        ["reviews.listing_id"] = "repliesToReviews",
    };

    [Fact]
    public async Task Every_column_that_refers_to_what_is_somebodys_is_part_of_it_or_left_out_for_a_reason()
    {
        await using var db = await graph.DatabaseAsync();

        var columns = await db.Database.SqlQuery<string>(
            $"""
            SELECT DISTINCT c.relname || '.' || a.attname AS "Value"
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
            WHERE k.contype = 'f'
                AND k.confrelid IN ('bookings'::regclass, 'listings'::regclass, 'reviews'::regclass, 'sessions'::regclass, 'calendar_imports'::regclass,
                    'payments'::regclass)
            """).ToListAsync();

        columns.ShouldBe(Parts.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task Everything_there_is_of_a_person_is_in_their_export_and_no_secret()
    {
        var account = await graph.OwnAccountAsync(Role.Host);
        var (token, secret) = await FillAsync(account);
        using var owner = graph.Visitor();
        var session = await owner.SignInAsync(account.SignIn).SessionAsync();
        owner.Use(await owner.RefreshAsync(session).SessionAsync());

        using var answer = await owner.GetAsync("/api/v1/me/export");
        var text = await answer.Content.ReadAsStringAsync();
        var export = JsonSerializer.Deserialize<JsonElement>(text);

        answer.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("travel-account.json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Exported.Values.ShouldAllBe(part => export.GetProperty(part).GetArrayLength() > 0);
        export.GetProperty("profile").GetProperty("email").GetString().ShouldBe(account.SignIn.Email);
        export.GetProperty("sessions")[0].GetProperty("refreshes").GetInt32().ShouldBe(1);
        var listing = export.GetProperty("listings")[0];
        listing.GetProperty("closedNights")[0].GetProperty("note").GetString().ShouldBe("My aunt comes.");
        listing.GetProperty("importedCalendars")[0].GetProperty("url").GetString().ShouldBe("https://elsewhere.example/calendar.ics");
        var booking = export.GetProperty("bookings")[0];
        booking.GetProperty("note").GetString().ShouldBe("We come late.");
        booking.GetProperty("timeline")[0].GetProperty("byYou").GetBoolean().ShouldBeTrue();
        booking.GetProperty("changes")[0].GetProperty("guests").GetInt32().ShouldBe(3);
        var payment = export.GetProperty("payments")[0];
        payment.GetProperty("bookingReference").GetString().ShouldBe(booking.GetProperty("reference").GetString());
        payment.GetProperty("amount").GetProperty("amount").GetString().ShouldBe("2500.00");
        payment.GetProperty("refunds")[0].GetProperty("amount").GetProperty("amount").GetString().ShouldBe("100.00");
        payment.GetProperty("notices")[0].GetProperty("mobile").GetString().ShouldBe("0900123456");
        export.GetProperty("reviews")[0].GetProperty("editedAt").ValueKind.ShouldBe(JsonValueKind.String);
        export.GetProperty("repliesToReviews")[0].GetProperty("reply").GetString().ShouldBe("Come again.");
        export.GetProperty("mails")[0].GetProperty("lastError").GetString().ShouldBe("550 nobody of that name");
        export.GetProperty("suppressions")[0].GetProperty("reason").GetString().ShouldBe("Unsubscribed");
        text.ShouldNotContain("The guest's own words.");
        text.ShouldNotContain(secret);
        text.ShouldNotContain(Convert.ToBase64String(token.TokenHash));
        text.ShouldNotContain(session.RefreshToken);
        text.ShouldNotContain("AQAAAA", Case.Sensitive);
    }

    [Fact]
    public async Task Nobody_elses_data_are_in_it()
    {
        var account = await graph.OwnAccountAsync();
        var other = await graph.OwnAccountAsync(Role.Host);
        await FillAsync(other);
        using var somebody = await graph.SignedInAsync(account.SignIn);

        var export = await somebody.GetAsync("/api/v1/me/export").ReadAsync<AccountExport>();

        export.Sessions.ShouldHaveSingleItem();
        (export.MailedLinks.Count, export.Bookings.Count, export.Payments.Count, export.ActionsOnOthersBookings.Count, export.Reviews.Count, export.RepliesToReviews.Count, export.Mails.Count, export.Suppressions.Count, export.Listings.Count, export.Operations.Count)
            .ShouldBe((0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    /// <summary>One of everything.</summary>
    private async Task<(AccountToken Row, string Token)> FillAsync(Account account)
    {
        var now = TimeProvider.System.GetUtcNow();
        var guest = await graph.OwnAccountAsync();
        var place = await graph.DraftAsync(account.Id);
        await graph.KeepAsync(place, "My aunt comes.", "https://elsewhere.example/calendar.ics");
        var own = await graph.StayedAsync(place, account.Id, inDays: -20, note: "We come late.");
        var others = await graph.StayedAsync(place, guest.Id, inDays: -10);
        var payment = await graph.PaidAsync(own, now);
        await graph.RefundDueAsync(payment, 10_000, now);
        await using var db = await graph.DatabaseAsync();
        db.GatewayNotices.Add(PaidStays.NoticeOf(payment, now));
        var issued = AccountToken.Issue(await db.Users.SingleAsync(user => user.Id == account.Id), AccountTokenPurpose.ResetPassword, TimeSpan.FromHours(1), now);
        db.AccountTokens.Add(issued.Row);
        db.Timeline.Add(TimelineEntry.Of(others.Id, "accepted", account.Id, reason: null, now));
        db.Audit.Add(AuditEntry.Of(account.Id, "job-paused", "heartbeat", now));
        db.Reviews.Add(new Review
        {
            Id = Guid.CreateVersion7(), BookingId = own.Id, ListingId = place.Id, GuestId = account.Id, Rating = 4, Text = "Quiet.", CreatedAt = now, EditedAt = now,
        });
        db.Reviews.Add(new Review
        {
            Id = Guid.CreateVersion7(), BookingId = others.Id, ListingId = place.Id, GuestId = guest.Id, Rating = 4, Text = "The guest's own words.", CreatedAt = now,
            Reply = "Come again.", RepliedAt = now,
        });
        var nights = Occupancy.For(own.Id, place.Id, own.CheckInOn, own.CheckOutOn, now);
        db.Occupancies.Add(nights);
        db.BookingChanges.Add(BookingChange.Of(
            await db.Bookings.AsNoTracking().SingleAsync(booking => booking.Id == own.Id), new StayRequest(own.CheckInOn, own.CheckOutOn, Guests: 3), own.Quote, nights.Id, now.AddHours(1), now));
        db.Mails.Add(new MailMessage
        {
            Id = Guid.CreateVersion7(), EventId = Guid.NewGuid(), Kind = "booking-confirmed", RecipientId = account.Id, Status = MailStatus.Failed, Attempts = 6, CreatedAt = now,
            LastError = "550 nobody of that name",
        });
        await db.SuppressAsync(account.SignIn.Email, SuppressionReason.Unsubscribed, note: null, by: null, now, CancellationToken.None);
        await db.SaveChangesAsync();
        return issued;
    }
}
