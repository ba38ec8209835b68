using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>What guests find listings by, and nothing else, lies close together: whoever has to walk all of it walks a sixth as far.</summary>
/// <remarks>
/// The database keeps it by itself: code that knows nothing of it searches and writes <c>listings</c> as before. Writers wait while the rows are copied.
/// </remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261123000021_PublishedListings")]
internal sealed class M0021_PublishedListings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Without rules of their own: these rows are made of those of listings alone.
        CREATE TABLE published_listings (
            id uuid PRIMARY KEY,
            price_per_night_minor_units bigint NOT NULL,
            weekend_price_minor_units bigint,
            lowest_season_minor_units bigint,
            highest_season_minor_units bigint,
            cleaning_fee_minor_units bigint NOT NULL,
            extra_guest_fee_minor_units bigint NOT NULL,
            latitude double precision NOT NULL,
            longitude double precision NOT NULL,
            max_guests integer NOT NULL,
            included_guests integer,
            bedrooms integer NOT NULL,
            min_nights integer NOT NULL,
            max_nights integer NOT NULL,
            review_count integer NOT NULL,
            rating numeric(3,2),
            currency character(3) NOT NULL,
            type varchar(20) NOT NULL,
            time_zone varchar(60) NOT NULL,
            place text NOT NULL,
            weekend_nights integer[] NOT NULL,
            amenities text[] NOT NULL
        );

        CREATE FUNCTION publish_listings(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM published_listings WHERE id = ANY (ids);
            INSERT INTO published_listings
            SELECT id, price_per_night_minor_units, weekend_price_minor_units, lowest_season_minor_units, highest_season_minor_units, cleaning_fee_minor_units,
                extra_guest_fee_minor_units, latitude, longitude, max_guests, included_guests, bedrooms, min_nights, max_nights, review_count, rating, currency, type,
                time_zone, place, weekend_nights, amenities
            FROM listings
            WHERE status = 'Published' AND id = ANY (ids);
        END
        $$;

        CREATE FUNCTION listings_published() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM publish_listings(array_agg(id)) FROM changed HAVING count(*) > 0;
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER published_added AFTER INSERT ON listings REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION listings_published();
        CREATE TRIGGER published_changed AFTER UPDATE ON listings REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION listings_published();
        CREATE TRIGGER published_removed AFTER DELETE ON listings REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION listings_published();

        CREATE OR REPLACE FUNCTION listings_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            TRUNCATE places, search_words, published_listings;
            RETURN NULL;
        END
        $$;

        -- Listings from before.
        SELECT publish_listings(array_agg(id)) FROM listings WHERE status = 'Published' HAVING count(*) > 0;

        CREATE INDEX published_listings_place ON published_listings (place, id);
        CREATE INDEX published_listings_amenities ON published_listings USING gin (amenities) WITH (fastupdate = off);
        CREATE INDEX published_listings_spot ON published_listings USING gist (point(longitude, latitude));
        CREATE INDEX published_listings_rating ON published_listings (((coalesce(rating, 0) * 100)::bigint * 4294967296 + review_count), id);

        -- Of each currency one that has the prices in this currency and nothing for the others: PostgreSQL then knows how many are below a price.
        -- Between the least and the most is what a night of any stay there comes to, fees included.
        DO $$
        DECLARE
            coin text;
        BEGIN
            FOREACH coin IN ARRAY ARRAY['ETB', 'USD'] LOOP
                EXECUTE format('CREATE INDEX %I ON published_listings ((CASE currency WHEN %L THEN price_per_night_minor_units END), id)',
                    'published_listings_night_' || lower(coin), coin);
                EXECUTE format('CREATE INDEX %I ON published_listings ((CASE currency WHEN %L
                    THEN least(price_per_night_minor_units, weekend_price_minor_units, lowest_season_minor_units) END))',
                    'published_listings_least_' || lower(coin), coin);
                EXECUTE format('CREATE INDEX %I ON published_listings ((CASE currency WHEN %L
                    THEN greatest(price_per_night_minor_units, weekend_price_minor_units, highest_season_minor_units) + cleaning_fee_minor_units
                        + extra_guest_fee_minor_units * greatest(0, max_guests - coalesce(included_guests, max_guests)) END))',
                    'published_listings_most_' || lower(coin), coin);
            END LOOP;
        END
        $$;

        -- As many as there are places that somebody may ask for.
        ALTER TABLE published_listings ALTER place SET STATISTICS 1000;
        ANALYZE published_listings;
        """);
}
