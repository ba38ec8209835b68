using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Requests with their deadline, changes of a stay, and what finds the stale and the due among bookings.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000007_Bookings")]
internal sealed class M0007_Bookings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE bookings
            ADD COLUMN request_expires_at timestamptz CHECK ((request_expires_at IS NOT NULL) = (status = 'Requested'));

        CREATE TABLE booking_changes (
            id uuid PRIMARY KEY,
            booking_id uuid NOT NULL REFERENCES bookings,
            listing_id uuid NOT NULL REFERENCES listings,
            occupancy_id uuid NOT NULL REFERENCES occupancies,
            check_in_on date NOT NULL,
            check_out_on date NOT NULL CHECK (check_out_on > check_in_on),
            guests integer NOT NULL CHECK (guests >= 1),
            quote jsonb NOT NULL,
            status varchar(20) NOT NULL CHECK (status IN ('Pending', 'Applied', 'Expired', 'Withdrawn')),
            expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
            created_at timestamptz NOT NULL,
            settled_at timestamptz CHECK ((settled_at IS NULL) = (status = 'Pending'))
        );
        CREATE UNIQUE INDEX booking_changes_one_pending ON booking_changes (booking_id) WHERE status = 'Pending';
        CREATE INDEX booking_changes_booking ON booking_changes (booking_id);
        CREATE INDEX booking_changes_occupancy ON booking_changes (occupancy_id);

        -- Small ones: each holds only what waits, and every turn at a listing asks the first two.
        CREATE INDEX bookings_held ON bookings (listing_id, hold_expires_at) WHERE status = 'Held';
        CREATE INDEX booking_changes_pending ON booking_changes (listing_id, expires_at) WHERE status = 'Pending';
        CREATE INDEX bookings_requested ON bookings (request_expires_at) WHERE status = 'Requested';
        CREATE INDEX bookings_to_complete ON bookings (check_out_on) WHERE status = 'Confirmed';

        -- The keysets of a guest's and a host's bookings.
        CREATE INDEX bookings_guest_newest ON bookings (guest_id, id);
        CREATE INDEX bookings_listing_newest ON bookings (listing_id, id);
        """);
}
