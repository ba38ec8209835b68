using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Whether this database has the demo data, and since which day.</summary>
/// <remarks>Part of every schema, so that a system that must not have demo data can look for them with one query.</remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261121000003_DemoData")]
internal sealed class M0003_DemoData : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE demo_data (
            id integer PRIMARY KEY CHECK (id = 1),
            anchor_on date NOT NULL,
            loaded_at timestamptz NOT NULL
        );
        """);
}
