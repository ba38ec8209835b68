using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>When a review was changed last.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000009_Reviews")]
internal sealed class M0009_Reviews : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE reviews ADD COLUMN edited_at timestamptz CHECK (edited_at >= created_at);
        """);
}
