using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>The index of places has the order of their ranges, so that the neighbour of one is found there.</summary>
/// <remarks>By itself: who searches reads both tables that have it, and a migration that changes both could wait for him while he waits for it.</remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261123000024_NeighbouringPlaces")]
internal sealed class M0024_NeighbouringPlaces : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE places ALTER key TYPE text COLLATE "C";
        """);
}
