-- Words and places are found in memory now (2026-11-30-the-search-in-memory.md): what PostgreSQL kept to find them by is asked by nothing, and
-- cost most of what it takes to write an entry.
DROP INDEX "search_key_document_idx";
DROP INDEX "search_key_area_idx";
ALTER TABLE "search_key" DROP COLUMN "area";
