using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Operators look for people by part of a name, and by role.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000017_FindUsers")]
internal sealed class M0017_FindUsers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX users_display_name ON users USING gin (display_name gin_trgm_ops) WHERE erased_at IS NULL;
        CREATE INDEX users_role ON users (role, id) WHERE erased_at IS NULL;
        """);
}
