using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Payments, refunds, what the gateway told us, and the ledger.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000010_Payments")]
internal sealed class M0010_Payments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE payments (
            id uuid PRIMARY KEY,
            tx_ref varchar(50) NOT NULL UNIQUE,
            booking_id uuid NOT NULL REFERENCES bookings,
            listing_id uuid NOT NULL REFERENCES listings,
            host_id uuid NOT NULL REFERENCES users,
            guest_id uuid NOT NULL REFERENCES users,
            change_id uuid REFERENCES booking_changes,
            amount_minor_units bigint NOT NULL CHECK (amount_minor_units > 0),
            currency char(3) NOT NULL,
            mode varchar(10) NOT NULL CHECK (mode IN ('test', 'live')),
            state varchar(20) NOT NULL CHECK (state IN ('Started', 'Pending', 'Unknown', 'Paid', 'Mismatched', 'Failed', 'Abandoned')),
            checkout_url varchar(2000),
            claimed_at timestamptz,
            asked_at timestamptz,
            settled_at timestamptz,
            gateway_reference varchar(100),
            method varchar(50),
            charge_minor_units bigint,
            received_minor_units bigint,
            received_currency char(3),
            next_check_at timestamptz,
            checks integer NOT NULL DEFAULT 0,
            version integer NOT NULL,
            created_at timestamptz NOT NULL,
            CHECK ((state IN ('Paid', 'Mismatched', 'Failed')) <= (settled_at IS NOT NULL)),
            CHECK (state NOT IN ('Paid', 'Mismatched') OR next_check_at IS NULL)
        );
        CREATE INDEX payments_booking_id ON payments (booking_id);
        CREATE INDEX payments_next_check_at ON payments (next_check_at) WHERE next_check_at IS NOT NULL;
        CREATE INDEX payments_claimed_at ON payments (claimed_at) WHERE claimed_at IS NOT NULL;
        -- Of one thing, one attempt is open or unknown at a time.
        CREATE UNIQUE INDEX payments_one_open ON payments (booking_id, coalesce(change_id, '00000000-0000-0000-0000-000000000000'))
            WHERE state IN ('Started', 'Pending', 'Unknown');

        CREATE TABLE refunds (
            id uuid PRIMARY KEY,
            payment_id uuid NOT NULL REFERENCES payments,
            booking_id uuid NOT NULL REFERENCES bookings,
            reference varchar(50) NOT NULL UNIQUE,
            amount_minor_units bigint NOT NULL CHECK (amount_minor_units > 0),
            currency char(3) NOT NULL,
            cause varchar(20) NOT NULL CHECK (cause IN ('Late', 'PaidTwice', 'Cancelled', 'Changed', 'Operator')),
            decided_by uuid REFERENCES users,
            state varchar(20) NOT NULL CHECK (state IN ('Due', 'Processing', 'Refunded', 'Reversed', 'Refused')),
            gateway_id varchar(100),
            last_error varchar(500),
            due_at timestamptz,
            attempts integer NOT NULL DEFAULT 0,
            settled_at timestamptz,
            version integer NOT NULL,
            created_at timestamptz NOT NULL,
            CHECK ((state IN ('Due', 'Processing')) = (settled_at IS NULL))
        );
        CREATE INDEX refunds_booking_id ON refunds (booking_id);
        CREATE INDEX refunds_payment_id ON refunds (payment_id);
        CREATE INDEX refunds_due_at ON refunds (due_at) WHERE due_at IS NOT NULL;

        CREATE TABLE ledger_entries (
            id uuid PRIMARY KEY,
            transaction_id uuid NOT NULL,
            booking_id uuid NOT NULL REFERENCES bookings,
            host_id uuid NOT NULL REFERENCES users,
            payment_id uuid NOT NULL REFERENCES payments,
            refund_id uuid REFERENCES refunds,
            account varchar(20) NOT NULL CHECK (account IN ('Gateway', 'Stay', 'Retained', 'Refund', 'Open')),
            minor_units bigint NOT NULL CHECK (minor_units <> 0),
            currency char(3) NOT NULL,
            event varchar(20) NOT NULL,
            at timestamptz NOT NULL
        );
        CREATE INDEX ledger_entries_booking_id ON ledger_entries (booking_id);
        CREATE INDEX ledger_entries_host_id_at ON ledger_entries (host_id, at);
        CREATE INDEX ledger_entries_transaction_id ON ledger_entries (transaction_id);
        CREATE INDEX ledger_entries_payment_id ON ledger_entries (payment_id);
        -- What waits for an operator is found without reading all that has ever been paid.
        CREATE INDEX ledger_entries_open ON ledger_entries (payment_id) WHERE account = 'Open';

        -- Every movement adds up to zero in each currency, at the latest when it is committed.
        CREATE FUNCTION ledger_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM ledger_entries WHERE transaction_id = NEW.transaction_id GROUP BY currency HAVING sum(minor_units) <> 0) THEN
                RAISE EXCEPTION 'ledger transaction % does not add up to zero', NEW.transaction_id USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_is_balanced';
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER ledger_is_balanced AFTER INSERT ON ledger_entries
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_is_balanced();

        -- What has been written stays as it was.
        CREATE FUNCTION ledger_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the ledger is only added to' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_is_appended';
        END $$;
        CREATE TRIGGER ledger_is_appended BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_appended();

        -- What the gateway told us of its own accord, as it said it.
        CREATE TABLE gateway_notices (
            id uuid PRIMARY KEY,
            tx_ref varchar(50) NOT NULL,
            reference varchar(100) NOT NULL,
            event varchar(50) NOT NULL,
            status varchar(50) NOT NULL,
            refund_reference varchar(50),
            body jsonb NOT NULL,
            received_at timestamptz NOT NULL,
            UNIQUE NULLS NOT DISTINCT (reference, event, status, refund_reference)
        );

        -- The gateway's books and ours, side by side.
        CREATE TABLE gateway_reports (
            id uuid PRIMARY KEY,
            at timestamptz NOT NULL,
            since timestamptz NOT NULL,
            compared integer NOT NULL,
            differences text[] NOT NULL
        );

        -- Money is sent back for a reason.
        ALTER TABLE audit ADD COLUMN reason varchar(500);
        """);
}
