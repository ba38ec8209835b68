using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Requests with their deadline, changes of a stay, what a booking keeps of its listing, and what finds the stale and the due.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000007_Bookings")]
internal sealed class M0007_Bookings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE bookings
            ADD COLUMN request_expires_at timestamptz CHECK ((request_expires_at IS NOT NULL) = (status = 'Requested'));

        ALTER TABLE bookings
            ADD COLUMN host_id uuid REFERENCES users,
            ADD COLUMN time_zone varchar(60),
            ADD COLUMN check_in_time time,
            ADD COLUMN check_out_time time;
        UPDATE bookings b SET host_id = l.host_id, time_zone = l.time_zone, check_in_time = l.check_in_time, check_out_time = l.check_out_time
        FROM listings l WHERE l.id = b.listing_id;
        ALTER TABLE bookings
            ALTER COLUMN host_id SET NOT NULL,
            ALTER COLUMN time_zone SET NOT NULL,
            ALTER COLUMN check_in_time SET NOT NULL,
            ALTER COLUMN check_out_time SET NOT NULL;

        -- For those that still write bookings without them; to be dropped once nobody does.
        CREATE FUNCTION booking_keeps_of_its_listing() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            SELECT host_id, time_zone, check_in_time, check_out_time FROM listings WHERE id = NEW.listing_id
            INTO NEW.host_id, NEW.time_zone, NEW.check_in_time, NEW.check_out_time;
            RETURN NEW;
        END $$;
        CREATE TRIGGER booking_keeps_of_its_listing BEFORE INSERT ON bookings
            FOR EACH ROW WHEN (NEW.host_id IS NULL) EXECUTE FUNCTION booking_keeps_of_its_listing();

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
        CREATE INDEX bookings_host_newest ON bookings (host_id, id);
        DROP INDEX bookings_guest;
        """);
}
