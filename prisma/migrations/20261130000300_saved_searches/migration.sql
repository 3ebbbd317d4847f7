-- A search that a person keeps, to be told when something new fits.
-- CreateTable
CREATE TABLE "saved_search" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    -- What stands behind /find?, as the page writes it; never a page number.
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    -- What fitted when it was last looked at, so that only what is new is told.
    "seen" UUID[] DEFAULT ARRAY[]::UUID[],
    "new_count" INTEGER NOT NULL DEFAULT 0,
    "saved_by_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("id"),
    CONSTRAINT saved_search_lengths CHECK (char_length(address) BETWEEN 1 AND 2000 AND char_length(name) BETWEEN 1 AND 300 AND cardinality(seen) <= 500),
    CONSTRAINT saved_search_new_count CHECK (new_count >= 0)
);
CREATE UNIQUE INDEX "saved_search_person_id_address_key" ON "saved_search"("person_id", "address");
ALTER TABLE "saved_search" ADD CONSTRAINT "saved_search_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_search TO kith_app;
