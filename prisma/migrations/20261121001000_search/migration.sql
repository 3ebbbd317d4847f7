-- Searching. `search_entry` is what a card shows; `search_key` is what a search reads: fixed-width columns first, one row
-- an entry, small enough that exact counts over all of it are cheap. Both are written by services/discovery alone.
ALTER TABLE search_entry DROP COLUMN point, DROP COLUMN document, DROP COLUMN words;

-- English stems, accents ignored.
CREATE TEXT SEARCH CONFIGURATION kith_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION kith_english ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;

-- CreateTable
CREATE TABLE "search_key" (
    "entry_id" UUID NOT NULL,
    -- Straight line through the unit sphere from the point to the edge of the area served; 0 for a venue, 2 for everywhere.
    "reach" DOUBLE PRECISION NOT NULL,
    "next_free_at" TIMESTAMPTZ,
    "confirmed_at" TIMESTAMPTZ NOT NULL,
    "listed_at" TIMESTAMPTZ NOT NULL,
    "experience" REAL NOT NULL,
    "price_pence" INTEGER,
    -- Numbers from services/discovery/vocabulary.ts; several of a kind are bits.
    "audiences" INTEGER NOT NULL,
    "provider_hash" INTEGER NOT NULL,
    "category" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "setting" SMALLINT NOT NULL,
    "days" SMALLINT NOT NULL,
    "regulated" BOOLEAN NOT NULL,
    "bookable" BOOLEAN NOT NULL,
    "tiny" BOOLEAN NOT NULL,
    "point" cube,
    -- Box round the area served; the whole earth for what happens online.
    "area" cube,
    "document" tsvector NOT NULL,

    CONSTRAINT "search_key_pkey" PRIMARY KEY ("entry_id")
);
ALTER TABLE "search_key" ADD CONSTRAINT "search_key_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "search_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- Room on each page, so that a new next-free time needs no new index entries.
ALTER TABLE "search_key" SET (fillfactor = 85);
ALTER TABLE "search_entry" SET (fillfactor = 90);
ALTER TABLE "search_key" ALTER COLUMN "document" SET STORAGE MAIN;
CREATE INDEX "search_key_document_idx" ON "search_key" USING GIN ("document") WITH (fastupdate = off);
CREATE INDEX "search_key_area_idx" ON "search_key" USING GIST ("area");

-- Every word of titles, summaries and names once, to put typing mistakes right.
-- CreateTable
CREATE TABLE "search_word" (
    "word" TEXT NOT NULL,
    "lexeme" TEXT NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);
CREATE INDEX "search_word_lexeme_idx" ON "search_word"("lexeme");
CREATE INDEX "search_word_trigrams_idx" ON "search_word" USING GIN ("word" gin_trgm_ops);

-- Names of places that people type: towns, wards, estates.
-- CreateTable
CREATE TABLE "place_name" (
    "name_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "inside" TEXT NOT NULL DEFAULT '',
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "place_name_pkey" PRIMARY KEY ("name_key","inside")
);
CREATE INDEX "place_name_trigrams_idx" ON "place_name" USING GIN ("name_key" gin_trgm_ops);

-- Default privileges cover this too when one owner runs all migrations; saying it keeps it true when two do.
GRANT SELECT, INSERT, UPDATE, DELETE ON search_key, search_word, place_name TO kith_app;
