using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>A country is a range of keys of places instead of a list, and PostgreSQL knows which currency its stays are priced in.</summary>
/// <remarks>Searches wait while the index is made anew.</remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261123000023_WholeCountries")]
internal sealed class M0023_WholeCountries : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE published_listings ALTER place TYPE text COLLATE "C", ALTER place SET STATISTICS 1000;

        -- Else it looks through the prices of one currency for stays in a country that has the other.
        CREATE STATISTICS published_listings_currencies_of_places (mcv) ON place, currency FROM published_listings;
        ANALYZE published_listings;
        """);
}
