using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What is told because its time has come, once; and whether a guest was told that nobody knows what became of a payment.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000013_Reminders")]
internal sealed class M0013_Reminders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE reminders (
            kind varchar(20) NOT NULL CHECK (kind IN ('CheckIn', 'Review', 'HostDigest', 'WeeklyReport', 'Missed')),
            about_id uuid NOT NULL,
            for_on date NOT NULL,
            at timestamptz NOT NULL,
            PRIMARY KEY (kind, about_id, for_on)
        );
        CREATE INDEX reminders_at ON reminders (at);

        ALTER TABLE payments ADD COLUMN doubt_told_at timestamptz;

        -- Who comes these days, and who has just left, without a look at all that has ever been booked.
        CREATE INDEX bookings_to_arrive ON bookings (check_in_on) WHERE status = 'Confirmed';
        CREATE INDEX bookings_completed ON bookings (check_out_on) WHERE status = 'Completed';
        """);
}
