using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Work that takes longer than a request, with what came of it.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000015_Errands")]
internal sealed class M0015_Errands : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE errands (
            id uuid PRIMARY KEY,
            kind varchar(20) NOT NULL CHECK (kind IN ('LedgerExport', 'PhotoCheck')),
            arguments jsonb NOT NULL,
            asked_by uuid NOT NULL REFERENCES users,
            state varchar(20) NOT NULL CHECK (state IN ('Waiting', 'Running', 'Done', 'Failed', 'Cancelled')),
            steps_done bigint NOT NULL CHECK (steps_done >= 0),
            steps bigint,
            bookmark jsonb,
            file_parts integer NOT NULL DEFAULT 0 CHECK (file_parts >= 0),
            file_size_bytes bigint NOT NULL DEFAULT 0 CHECK (file_size_bytes >= 0),
            attempts integer NOT NULL CHECK (attempts >= 0),
            claim_id uuid,
            worker varchar(200),
            leased_until timestamptz,
            last_error varchar(1000),
            summary varchar(500),
            file_name varchar(100),
            created_at timestamptz NOT NULL,
            started_at timestamptz,
            ended_at timestamptz,
            CHECK (steps_done <= steps),
            CHECK ((leased_until IS NOT NULL) = (state = 'Running')),
            CHECK ((ended_at IS NOT NULL) = (state IN ('Done', 'Failed', 'Cancelled'))),
            CHECK ((summary IS NOT NULL) = (state = 'Done')),
            CHECK ((file_name IS NOT NULL) = (state = 'Done')),
            CHECK (state <> 'Failed' OR last_error IS NOT NULL),
            CHECK (state <> 'Running' OR (claim_id IS NOT NULL AND worker IS NOT NULL AND started_at IS NOT NULL))
        );
        CREATE INDEX errands_ended_at ON errands (ended_at) WHERE ended_at IS NOT NULL;

        -- The file of an errand: written part by part while it runs, read part by part, and gone with it.
        CREATE TABLE errand_file_parts (
            errand_id uuid NOT NULL REFERENCES errands ON DELETE CASCADE,
            number integer NOT NULL CHECK (number >= 0),
            content bytea NOT NULL,
            PRIMARY KEY (errand_id, number)
        );

        -- The ledger of some days, in order.
        CREATE INDEX ledger_entries_at ON ledger_entries (at, id);

        -- Whether a picture is still what was uploaded. Nobody knows it of those that are there. Last, for it locks out who reads.
        ALTER TABLE listing_photos ADD COLUMN content_hash bytea CHECK (octet_length(content_hash) = 32);
        """);
}
