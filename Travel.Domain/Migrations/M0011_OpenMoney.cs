using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What waits for an operator is found without reading all that has ever been paid.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000011_OpenMoney")]
internal sealed class M0011_OpenMoney : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX ledger_entries_open ON ledger_entries (payment_id) WHERE account = 'Open';
        CREATE INDEX ledger_entries_payment_id ON ledger_entries (payment_id);
        """);
}
