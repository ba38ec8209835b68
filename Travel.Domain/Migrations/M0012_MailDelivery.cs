using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Addresses that get no mail, mails that are withheld or sent again, and the secret by which people stop subscriptions.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000012_MailDelivery")]
internal sealed class M0012_MailDelivery : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE mails DROP CONSTRAINT mails_status_check;
        ALTER TABLE mails ADD CONSTRAINT mails_status_check CHECK (status IN ('Queued', 'Sent', 'Deferred', 'Failed', 'Withheld'));
        ALTER TABLE mails ADD COLUMN next_attempt_at timestamptz;
        ALTER TABLE mails ADD COLUMN resend_of uuid REFERENCES mails ON DELETE SET NULL;
        CREATE INDEX mails_resend_of ON mails (resend_of) WHERE resend_of IS NOT NULL;
        -- What an operator looks for, newest first. Nearly all are sent, and those are found without an index of their own.
        CREATE INDEX mails_not_sent ON mails (id) WHERE status <> 'Sent';
        CREATE INDEX mails_kind ON mails (kind, id);

        -- One address can be here for several reasons, and taking one away leaves the others.
        CREATE TABLE suppressed_addresses (
            id uuid PRIMARY KEY,
            address varchar(254) NOT NULL,
            reason varchar(20) NOT NULL CHECK (reason IN ('Bounced', 'Unsubscribed', 'Operator')),
            note varchar(1000),
            since timestamptz NOT NULL,
            suppressed_by uuid REFERENCES users,
            UNIQUE (address, reason),
            CHECK ((suppressed_by IS NOT NULL) = (reason = 'Operator'))
        );

        ALTER TABLE users ADD COLUMN unsubscribe_token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
        """);
}
