using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Travel.Domain.Migrations;

/// <summary>Guests find stays by words, place, dates, price and what is there, whatever they mistype.</summary>
/// <remarks>What it adds the database keeps by itself: code that knows nothing of it writes listings as before. docs/search.md has the reasons.</remarks>
[DbContext(typeof(TravelDbContext))]
[Migration("20261122000019_Search")]
internal sealed class M0019_Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE EXTENSION IF NOT EXISTS unaccent;

        -- As one compares what people write: small letters without accents, words apart by one space. Immutable as long as nobody edits
        -- unaccent's rules, which is what PostgreSQL wants to know before it lets this into an index.
        CREATE FUNCTION plain_text(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, normalize(written, NFC))), '[^[:alnum:]]+', ' ', 'g'))
        $$;

        CREATE FUNCTION place_key(city text, region text, country text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT public.plain_text(country) || '/' || public.plain_text(coalesce(region, '')) || '/' || public.plain_text(city)
        $$;

        -- By their stems, and as they are: the beginning of a word may be longer than its stem.
        CREATE FUNCTION words_of(written text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT to_tsvector('pg_catalog.english', public.plain_text(written)) || strip(to_tsvector('pg_catalog.simple', public.plain_text(written)))
        $$;

        ALTER TABLE listings
            ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (
                setweight(words_of(title), 'A')
                || setweight(words_of(city || ' ' || coalesce(region, '') || ' ' || country), 'B')
                || setweight(words_of(description), 'D')) STORED,
            ADD COLUMN place text NOT NULL GENERATED ALWAYS AS (place_key(city, region, country)) STORED,
            -- Of its seasons, where it has some.
            ADD COLUMN lowest_season_minor_units bigint,
            ADD COLUMN highest_season_minor_units bigint;

        -- Without a list of rows to be added to the index later: each search would have to read it.
        CREATE INDEX listings_words ON listings USING gin (words) WITH (fastupdate = off) WHERE status = 'Published';
        CREATE INDEX listings_amenities ON listings USING gin (amenities) WITH (fastupdate = off) WHERE status = 'Published';
        CREATE INDEX listings_spot ON listings USING gist (point(longitude, latitude)) WHERE status = 'Published';
        CREATE INDEX listings_place ON listings (place, id DESC) WHERE status = 'Published';
        CREATE INDEX listings_price ON listings (currency, price_per_night_minor_units, id) WHERE status = 'Published';
        CREATE INDEX listings_rating ON listings (((coalesce(rating, 0) * 100)::bigint * 4294967296 + review_count) DESC, id DESC) WHERE status = 'Published';

        -- Between these is what a night of any stay there comes to, fees included. Columns of their own would have to be written at every change of a price.
        CREATE INDEX listings_least_night ON listings (currency, (least(price_per_night_minor_units, weekend_price_minor_units, lowest_season_minor_units)))
            WHERE status = 'Published';
        CREATE INDEX listings_most_night ON listings (currency, (
            greatest(price_per_night_minor_units, weekend_price_minor_units, highest_season_minor_units) + cleaning_fee_minor_units
            + extra_guest_fee_minor_units * greatest(0, max_guests - coalesce(included_guests, max_guests)))) WHERE status = 'Published';

        -- From the index alone, as nights are: both are asked of thousands of listings at a time.
        CREATE INDEX listing_seasons_nights ON listing_seasons (listing_id, to_on, from_on) INCLUDE (price_per_night_minor_units);
        CREATE INDEX listing_seasons_min_nights ON listing_seasons (listing_id, to_on, from_on, min_nights) WHERE min_nights > 1;

        -- The places that have published stays. What is derived from listings is counted anew, so that no mistake outlives the next change.
        CREATE TABLE places (
            key text PRIMARY KEY,
            city varchar(100) NOT NULL,
            region varchar(100),
            country varchar(100) NOT NULL,
            plain_city text NOT NULL GENERATED ALWAYS AS (plain_text(city)) STORED,
            plain_region text GENERATED ALWAYS AS (plain_text(region)) STORED,
            plain_country text NOT NULL GENERATED ALWAYS AS (plain_text(country)) STORED,
            -- What people write who mean it.
            names text[] NOT NULL GENERATED ALWAYS AS (ARRAY[
                plain_text(city), plain_text(region), plain_text(country), plain_text(city || ' ' || country), plain_text(city || ' ' || region),
                plain_text(region || ' ' || country), plain_text(city || ' ' || region || ' ' || country)]) STORED,
            -- Where its stays are on average, WGS 84.
            latitude double precision NOT NULL,
            longitude double precision NOT NULL,
            stays integer NOT NULL CHECK (stays > 0)
        );

        CREATE INDEX places_names ON places USING gin (names) WITH (fastupdate = off);

        -- The words of titles and places: what somebody may have meant who wrote another one. Words stay for a day when their listings go.
        CREATE TABLE search_words (word text COLLATE "C" PRIMARY KEY);
        CREATE INDEX search_words_alike ON search_words USING gin (word gin_trgm_ops);

        CREATE FUNCTION count_places(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            -- One after the other: counted at the same time, two changes would each leave out the other. In one order, so that two statements never wait for each other.
            PERFORM pg_advisory_xact_lock(hashtextextended('place:' || key, 0)) FROM (SELECT DISTINCT key FROM unnest(keys) key ORDER BY key) ordered;
            DELETE FROM places WHERE key = ANY (keys);
            INSERT INTO places (key, city, region, country, latitude, longitude, stays)
            SELECT place, min(city), min(region), min(country), avg(latitude),
                -- The mean of directions: east and west of the date line are neighbours.
                degrees(atan2(avg(sin(radians(longitude))), avg(cos(radians(longitude))))), count(*)
            FROM listings
            WHERE status = 'Published' AND place = ANY (keys)
            GROUP BY place;
        END
        $$;

        CREATE FUNCTION learn_words(texts text[]) RETURNS void LANGUAGE sql AS $$
            INSERT INTO search_words
            SELECT DISTINCT word COLLATE "C"
            FROM unnest(texts) written, regexp_split_to_table(plain_text(written), ' ') word
            WHERE length(word) > 2
            ORDER BY 1
            ON CONFLICT DO NOTHING
        $$;

        CREATE FUNCTION listings_added() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM count_places(array_agg(DISTINCT place)), learn_words(array_agg(concat_ws(' ', title, city, region, country)))
            FROM added WHERE status = 'Published' HAVING count(*) > 0;
            RETURN NULL;
        END
        $$;

        CREATE FUNCTION listings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM count_places(array_agg(before.place) || array_agg(now.place)),
                learn_words(array_agg(concat_ws(' ', now.title, now.city, now.region, now.country)) FILTER (WHERE now.status = 'Published'))
            FROM before JOIN now USING (id)
            WHERE (before.status = 'Published' OR now.status = 'Published')
                AND (before.title, before.city, before.region, before.country, before.latitude, before.longitude, before.status)
                    IS DISTINCT FROM (now.title, now.city, now.region, now.country, now.latitude, now.longitude, now.status)
            HAVING count(*) > 0;
            RETURN NULL;
        END
        $$;

        CREATE FUNCTION listings_removed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM count_places(array_agg(DISTINCT place)) FROM removed WHERE status = 'Published' HAVING count(*) > 0;
            RETURN NULL;
        END
        $$;

        CREATE FUNCTION listings_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            TRUNCATE places, search_words;
            RETURN NULL;
        END
        $$;

        CREATE FUNCTION bound_seasons(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            -- Whoever waits for a listing here sees the seasons of whom it has waited for.
            PERFORM FROM listings WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
            UPDATE listings SET lowest_season_minor_units = bounds.lowest, highest_season_minor_units = bounds.highest
            FROM (
                SELECT listing_id, min(price_per_night_minor_units) AS lowest, max(price_per_night_minor_units) AS highest
                FROM unnest(ids) listing_id
                LEFT JOIN listing_seasons USING (listing_id)
                GROUP BY listing_id
            ) bounds
            WHERE id = listing_id AND (lowest_season_minor_units, highest_season_minor_units) IS DISTINCT FROM (lowest, highest);
        END
        $$;

        CREATE FUNCTION seasons_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM bound_seasons(array_agg(DISTINCT listing_id)) FROM changed HAVING count(*) > 0;
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER seasons_added AFTER INSERT ON listing_seasons REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION seasons_changed();
        CREATE TRIGGER seasons_changed AFTER UPDATE ON listing_seasons REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION seasons_changed();
        CREATE TRIGGER seasons_removed AFTER DELETE ON listing_seasons REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION seasons_changed();
        CREATE TRIGGER listings_added AFTER INSERT ON listings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION listings_added();
        CREATE TRIGGER listings_changed AFTER UPDATE ON listings REFERENCING OLD TABLE AS before NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION listings_changed();
        CREATE TRIGGER listings_removed AFTER DELETE ON listings REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION listings_removed();
        CREATE TRIGGER listings_emptied AFTER TRUNCATE ON listings FOR EACH STATEMENT EXECUTE FUNCTION listings_emptied();

        -- The places that somebody means: those that are called just so, else those of whose name it is a part, else those called much like it.
        -- In PL/pgSQL, here and below, because it keeps its plans: planning takes longer than all else.
        CREATE FUNCTION places_called(asked text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
        DECLARE
            name text := plain_text(asked);
            found text[] := ARRAY(SELECT key FROM places WHERE names @> ARRAY[name] AND name <> '');
        BEGIN
            IF found = '{}' THEN
                found := ARRAY(SELECT key FROM places WHERE name <> '' AND strpos(' ' || concat_ws(' ', plain_city, plain_region, plain_country), ' ' || name) > 0);
            END IF;
            IF found = '{}' THEN
                found := ARRAY(SELECT key FROM places WHERE (SELECT max(similarity(known, name)) FROM unnest(names) known) >= 0.45);
            END IF;
            RETURN found;
        END
        $$;

        -- What somebody who writes this looks for: each word, or, from three letters on, one that begins with it; of a word that is nowhere, those much like it.
        CREATE FUNCTION words_meant(asked text) RETURNS tsquery LANGUAGE plpgsql STABLE AS $$
        DECLARE
            asked_for text;
            ending text;
            stems text;
            meant text;
        BEGIN
            FOR asked_for IN SELECT DISTINCT word FROM regexp_split_to_table(plain_text(asked), ' ') word WHERE word <> '' ORDER BY word LOOP
                ending := CASE WHEN length(asked_for) > 2 THEN ':*' ELSE '' END;
                SELECT '(' || string_agg(quote_literal(stem) || ending, ' & ') || ')' INTO stems FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.english', asked_for))) stem;
                -- "the" and its like say nothing.
                CONTINUE WHEN stems IS NULL;
                IF ending <> '' AND NOT EXISTS (SELECT FROM search_words WHERE word = asked_for) THEN
                    stems := stems || ' | ' || quote_literal(asked_for) || ending;
                    -- Titles and places first, whose words are few.
                    IF length(asked_for) > 3
                        AND NOT EXISTS (SELECT FROM search_words WHERE word >= asked_for COLLATE "C" AND word < asked_for || chr(1114111))
                        AND NOT EXISTS (SELECT FROM listings WHERE status = 'Published' AND words @@ stems::tsquery) THEN
                        stems := concat_ws(' | ', stems, (
                            SELECT string_agg(DISTINCT quote_literal(stem), ' | ')
                            FROM (SELECT word FROM search_words WHERE word % asked_for ORDER BY similarity(word, asked_for) DESC, word LIMIT 5) alike,
                                unnest(tsvector_to_array(to_tsvector('pg_catalog.english', alike.word))) stem));
                    END IF;
                END IF;
                meant := concat_ws(' & ', meant, '(' || stems || ')');
            END LOOP;
            -- Nothing to look for: a word that no text has.
            RETURN coalesce(meant, '''/''')::tsquery;
        END
        $$;

        -- Listings from before.
        SELECT bound_seasons(array_agg(DISTINCT listing_id)) FROM listing_seasons HAVING count(*) > 0;
        SELECT count_places(array_agg(DISTINCT place)), learn_words(array_agg(concat_ws(' ', title, city, region, country)))
        FROM listings WHERE status = 'Published' HAVING count(*) > 0;
        ANALYZE listings, listing_seasons, places, search_words;
        """);
}
