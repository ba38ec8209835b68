using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What hosts write: when a listing was published, its rates and its photos.</summary>
/// <remarks>Every new column has a default: the code before it writes listings without knowing them.</remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000005_Listings")]
internal sealed class M0005_Listings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE listings
            ADD COLUMN published_at timestamptz,
            ADD COLUMN weekend_price_minor_units bigint,
            -- 0 is Sunday.
            ADD COLUMN weekend_nights integer[] NOT NULL DEFAULT '{5,6}',
            ADD COLUMN cleaning_fee_minor_units bigint NOT NULL DEFAULT 0,
            ADD COLUMN extra_guest_fee_minor_units bigint NOT NULL DEFAULT 0,
            ADD COLUMN included_guests integer,
            ADD CHECK (price_per_night_minor_units <= 1000000000),
            ADD CHECK (weekend_price_minor_units BETWEEN 1 AND 1000000000),
            ADD CHECK (weekend_nights <@ '{0,1,2,3,4,5,6}'),
            ADD CHECK (cleaning_fee_minor_units BETWEEN 0 AND 1000000000),
            ADD CHECK (extra_guest_fee_minor_units BETWEEN 0 AND 1000000000),
            ADD CHECK (included_guests >= 1);
        UPDATE listings SET published_at = created_at WHERE status <> 'Draft';

        CREATE TABLE listing_seasons (
            id uuid PRIMARY KEY,
            listing_id uuid NOT NULL REFERENCES listings ON DELETE CASCADE,
            name varchar(60) NOT NULL CHECK (name <> ''),
            from_on date NOT NULL,
            to_on date NOT NULL CHECK (to_on > from_on),
            price_per_night_minor_units bigint NOT NULL CHECK (price_per_night_minor_units BETWEEN 1 AND 1000000000),
            min_nights integer CHECK (min_nights >= 1),
            -- Every night has exactly one rate.
            CONSTRAINT listing_seasons_no_overlap EXCLUDE USING gist (listing_id WITH =, daterange(from_on, to_on) WITH &&)
        );
        CREATE INDEX listing_seasons_listing ON listing_seasons (listing_id);

        CREATE TABLE listing_photos (
            id uuid PRIMARY KEY,
            listing_id uuid NOT NULL REFERENCES listings,
            position integer NOT NULL CHECK (position >= 0),
            caption varchar(200) NOT NULL,
            media_type varchar(20) NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
            width integer NOT NULL CHECK (width > 0),
            height integer NOT NULL CHECK (height > 0),
            size_bytes bigint NOT NULL CHECK (size_bytes > 0),
            created_at timestamptz NOT NULL,
            -- At the end of the transaction: photos change places.
            UNIQUE (listing_id, position) DEFERRABLE INITIALLY DEFERRED
        );
        """);
}
