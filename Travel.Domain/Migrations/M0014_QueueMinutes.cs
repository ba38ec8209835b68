using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What lay in each queue and went through it, minute by minute; and the messages that were given up.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000014_QueueMinutes")]
internal sealed class M0014_QueueMinutes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE queue_minutes (
            queue varchar(100) NOT NULL,
            at timestamptz NOT NULL,
            ready bigint,
            retrying bigint,
            dead bigint,
            consumers bigint,
            published bigint NOT NULL DEFAULT 0,
            taken bigint NOT NULL DEFAULT 0,
            done bigint NOT NULL DEFAULT 0,
            retried bigint NOT NULL DEFAULT 0,
            given_up bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (queue, at)
        );
        CREATE INDEX queue_minutes_at ON queue_minutes (at);

        CREATE TABLE dead_letters (
            id uuid PRIMARY KEY,
            queue varchar(100) NOT NULL,
            message_id varchar(255) NOT NULL,
            replays integer NOT NULL CHECK (replays >= 0),
            routing_key varchar(255),
            content_type varchar(255),
            headers text NOT NULL,
            body bytea NOT NULL,
            attempts integer NOT NULL CHECK (attempts >= 1),
            error varchar(1000),
            published_at timestamptz,
            died_at timestamptz NOT NULL,
            state varchar(20) NOT NULL CHECK (state IN ('Waiting', 'Replayed', 'Dropped')),
            settled_at timestamptz,
            settled_by uuid,
            reason varchar(500),
            CHECK ((state = 'Waiting') = (settled_at IS NULL)),
            CHECK ((state = 'Dropped') = (reason IS NOT NULL)),
            -- A message dies once in each of its lives: seen again, it is the same.
            UNIQUE (queue, message_id, replays)
        );
        CREATE INDEX dead_letters_state ON dead_letters (state, id);
        CREATE INDEX dead_letters_queue ON dead_letters (queue, state, id);
        """);
}
