using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Whether nights are taken is known from an index alone, of thousands of listings at a time.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000020_SearchNights")]
internal sealed class M0020_SearchNights : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Outside of any transaction, and beside bookings: this table has millions of rows. What an attempt that was cut off has left is not to be used.
        migrationBuilder.Sql("DROP INDEX IF EXISTS occupancies_nights", suppressTransaction: true);
        migrationBuilder.Sql(
            "CREATE INDEX CONCURRENTLY occupancies_nights ON occupancies (listing_id, upper(stay), lower(stay)) INCLUDE (stay) WHERE active", suppressTransaction: true);
        migrationBuilder.Sql("ANALYZE occupancies", suppressTransaction: true);
    }
}
