using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Indexes of <c>listings</c> by which nobody searches any more, since <c>published_listings</c> has its own. Places are still counted by theirs.</summary>
/// <remarks>Code from before searches without them, and finds what it found, for the minutes in which it is replaced.</remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261123000022_DropSearchIndexes")]
internal sealed class M0022_DropSearchIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Outside of any transaction, one by one, beside those who write.
        foreach (var index in new[] { "amenities", "spot", "rating", "price", "least_night", "most_night" })
        {
            migrationBuilder.Sql($"DROP INDEX CONCURRENTLY IF EXISTS listings_{index}", suppressTransaction: true);
        }
    }
}
