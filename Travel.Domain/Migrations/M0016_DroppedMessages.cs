using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What the broker refuses can be looked at, and dropped for a reason.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000016_DroppedMessages")]
internal sealed class M0016_DroppedMessages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A relay of the version before knows of no drop and may publish such a message yet: nothing forbids it to note that.
        ALTER TABLE outbox_messages
            ADD COLUMN dropped_at timestamptz,
            ADD COLUMN dropped_by uuid,
            ADD COLUMN drop_reason varchar(500),
            ADD CHECK ((dropped_at IS NOT NULL) = (drop_reason IS NOT NULL));
        CREATE INDEX outbox_messages_refused ON outbox_messages (id) WHERE attempts > 0 AND published_at IS NULL AND dropped_at IS NULL;
        """);
}
