using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What the broker refuses waits, and lets others pass.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000011_RefusedMessages")]
internal sealed class M0011_RefusedMessages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE outbox_messages
            ADD COLUMN attempts integer NOT NULL DEFAULT 0,
            ADD COLUMN not_before timestamptz,
            ADD COLUMN last_error varchar(500);
        """);
}
