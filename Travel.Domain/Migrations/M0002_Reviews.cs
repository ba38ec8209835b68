using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Reviews, and what they come to on each listing.</summary>
[DbContext(typeof(TravelDbContext))]
[Migration("20261121000002_Reviews")]
internal sealed class M0002_Reviews : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE reviews (
            id uuid PRIMARY KEY,
            booking_id uuid NOT NULL UNIQUE REFERENCES bookings,
            listing_id uuid NOT NULL REFERENCES listings,
            guest_id uuid NOT NULL REFERENCES users,
            rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
            text varchar(4000) NOT NULL,
            reply varchar(4000),
            replied_at timestamptz CHECK ((replied_at IS NOT NULL) = (reply IS NOT NULL)),
            created_at timestamptz NOT NULL
        );
        -- The keyset of a listing's reviews.
        CREATE INDEX reviews_listing ON reviews (listing_id, id);
        CREATE INDEX reviews_guest ON reviews (guest_id);

        -- Kept in step with the reviews, so that search can filter and sort by them. The default is for code that does not know them yet.
        ALTER TABLE listings
            ADD COLUMN rating numeric(3, 2) CHECK (rating BETWEEN 1 AND 5),
            ADD COLUMN review_count integer NOT NULL DEFAULT 0 CHECK (review_count >= 0),
            ADD CHECK ((rating IS NOT NULL) = (review_count > 0));
        """);
}
