using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Operators suspend listings, and find them by part of the title and by status.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000018_Suspensions")]
internal sealed class M0018_Suspensions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- No status of its own: to the version before it is an archived listing, which the database does not let it publish.
        ALTER TABLE listings
            ADD COLUMN suspended_at timestamptz,
            ADD COLUMN suspended_by uuid REFERENCES users,
            ADD COLUMN suspension_reason varchar(500),
            ADD CONSTRAINT listings_suspension_whole CHECK (num_nulls(suspended_at, suspended_by, suspension_reason) IN (0, 3)),
            ADD CONSTRAINT listings_suspended_not_published CHECK (suspended_at IS NULL OR status <> 'Published');
        -- By who did it: so it also serves the foreign key, when a user is deleted.
        CREATE INDEX listings_suspended ON listings (id) WHERE suspended_by IS NOT NULL;
        CREATE INDEX listings_not_published ON listings (id) WHERE status <> 'Published';
        CREATE INDEX listings_title ON listings USING gin (title gin_trgm_ops);
        """);
}
