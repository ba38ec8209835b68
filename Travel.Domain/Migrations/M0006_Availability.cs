using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Hosts' blocks, links to calendars, and calendars brought in from elsewhere.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000006_Availability")]
internal sealed class M0006_Availability : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Its nights are in occupancies too, under its id, where the exclusion constraint is.
        CREATE TABLE host_blocks (
            id uuid PRIMARY KEY,
            listing_id uuid NOT NULL REFERENCES listings,
            from_on date NOT NULL,
            to_on date NOT NULL CHECK (to_on > from_on),
            note varchar(500),
            created_at timestamptz NOT NULL
        );
        -- The keyset of a listing's blocks.
        CREATE INDEX host_blocks_listing ON host_blocks (listing_id, id);

        CREATE TABLE calendar_tokens (
            listing_id uuid PRIMARY KEY REFERENCES listings,
            token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
            issued_at timestamptz NOT NULL
        );

        CREATE TABLE calendar_imports (
            id uuid PRIMARY KEY,
            listing_id uuid NOT NULL REFERENCES listings,
            name varchar(100) NOT NULL,
            url varchar(2000) NOT NULL,
            created_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            claimed_until timestamptz,
            tried_at timestamptz,
            succeeded_at timestamptz CHECK (succeeded_at IS NULL OR tried_at IS NOT NULL),
            problem varchar(300),
            failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
            notes text[] NOT NULL
        );
        CREATE INDEX calendar_imports_listing ON calendar_imports (listing_id);
        CREATE INDEX calendar_imports_due ON calendar_imports (due_at);

        -- What the other calendar says, as it says it. What of it counts here is in occupancies, under the import's id.
        CREATE TABLE imported_events (
            id uuid PRIMARY KEY,
            import_id uuid NOT NULL REFERENCES calendar_imports ON DELETE CASCADE,
            uid varchar(255) NOT NULL,
            from_on date NOT NULL,
            to_on date NOT NULL CHECK (to_on > from_on)
        );
        CREATE INDEX imported_events_import ON imported_events (import_id);
        """);
}
