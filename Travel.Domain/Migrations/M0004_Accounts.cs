using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Sessions that can be listed and ended, links in mails that prove an address, and accounts that are no more.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000004_Accounts")]
internal sealed class M0004_Accounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- What is erased names nobody and lets nobody in, whatever the code does.
        ALTER TABLE users
            ADD COLUMN erased_at timestamptz,
            ADD CONSTRAINT users_erased CHECK (
                erased_at IS NULL OR (
                    user_name IS NULL AND normalized_user_name IS NULL AND email IS NULL AND normalized_email IS NULL
                    AND phone_number IS NULL AND password_hash IS NULL));

        -- Everybody can be locked out; accounts from before were not asked.
        UPDATE users SET lockout_enabled = true WHERE NOT lockout_enabled;

        CREATE TABLE sessions (
            id uuid PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
            user_agent varchar(60),
            created_at timestamptz NOT NULL,
            last_used_at timestamptz NOT NULL,
            ended_at timestamptz,
            end_reason varchar(20) CHECK (end_reason IN ('SignedOut', 'PasswordChanged', 'TokenReused', 'AccountErased')),
            CHECK ((ended_at IS NULL) = (end_reason IS NULL))
        );
        CREATE INDEX sessions_user ON sessions (user_id, id);

        -- A family of refresh tokens is a session.
        INSERT INTO sessions (id, user_id, created_at, last_used_at, ended_at, end_reason)
        SELECT family_id, min(user_id::text)::uuid, min(issued_at), max(issued_at), min(revoked_at), CASE WHEN min(revoked_at) IS NOT NULL THEN 'TokenReused' END
        FROM refresh_tokens
        GROUP BY family_id;

        -- An Api of the version before knows no sessions and may still be signing people in. A later migration drops this.
        CREATE FUNCTION refresh_token_begins_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO sessions (id, user_id, created_at, last_used_at) VALUES (NEW.family_id, NEW.user_id, NEW.issued_at, NEW.issued_at)
            ON CONFLICT (id) DO NOTHING;
            RETURN NEW;
        END $$;
        CREATE TRIGGER refresh_token_begins_session BEFORE INSERT ON refresh_tokens
            FOR EACH ROW EXECUTE FUNCTION refresh_token_begins_session();
        ALTER TABLE refresh_tokens ADD FOREIGN KEY (family_id) REFERENCES sessions ON DELETE CASCADE;

        CREATE TABLE account_tokens (
            id uuid PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
            purpose varchar(20) NOT NULL CHECK (purpose IN ('VerifyAddress', 'ResetPassword')),
            token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
            security_stamp varchar(64) NOT NULL,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
            used_at timestamptz
        );
        CREATE INDEX account_tokens_user ON account_tokens (user_id);
        CREATE INDEX account_tokens_expires ON account_tokens (expires_at);

        -- What is held on one person, for the export and for forgetting it.
        CREATE INDEX mails_recipient ON mails (recipient_id);
        CREATE INDEX booking_timeline_actor ON booking_timeline (actor_id) WHERE actor_id IS NOT NULL;
        """);
}
