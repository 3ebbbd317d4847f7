-- Searching England: what is filtered by grows to 32 bytes, an hour-by-hour week says when somebody is really free, and every
-- process keeps all of it in memory and asks only for what has changed since it last looked.

-- Whom a listing can send, where the person asks for a woman or a man and the law lets a provider agree to it (Equality Act 2010,
-- schedule 9, for personal care and the like).
ALTER TABLE "service_version" ADD COLUMN "workers" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "service_version" ADD CONSTRAINT service_version_workers CHECK (workers <@ ARRAY['woman', 'man']);

ALTER TABLE "search_key" DROP CONSTRAINT search_key_facts_length;
UPDATE "search_key" SET facts = facts || decode('0000000000000000', 'hex') WHERE octet_length(facts) = 24;
ALTER TABLE "search_key" ADD CONSTRAINT search_key_facts_length CHECK (octet_length(facts) = 32);

-- From which of the next eight weeks on each hour of the week is free: services/availability/free-week.rules.ts. NULL: no hours kept.
ALTER TABLE "search_key" ADD COLUMN "free_week" BYTEA;
ALTER TABLE "search_key" ADD CONSTRAINT search_key_free_week_length CHECK (octet_length(free_week) = 86);

-- Which transaction wrote a row last. A reader that has seen everything up to a snapshot asks for what is not older than its oldest
-- transaction still at work then: nothing that commits late is missed.
ALTER TABLE "search_key" ADD COLUMN "changed" xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX "search_key_changed_idx" ON "search_key" ("changed");
CREATE FUNCTION search_key_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER search_key_changed BEFORE UPDATE ON "search_key" FOR EACH ROW EXECUTE FUNCTION search_key_changed();

-- What was taken out: kept for a day, because nobody goes longer without looking or reads everything anew.
CREATE TABLE "search_gone" (
    "no" INTEGER NOT NULL,
    "changed" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "gone_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "search_gone_pkey" PRIMARY KEY ("no")
);
CREATE INDEX "search_gone_changed_idx" ON "search_gone" ("changed");
CREATE INDEX "search_gone_gone_at_idx" ON "search_gone" ("gone_at");
CREATE FUNCTION search_key_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_gone WHERE gone_at < now() - interval '1 day';
  INSERT INTO search_gone (no) SELECT no FROM gone ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER search_key_gone AFTER DELETE ON "search_key" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION search_key_gone();
GRANT SELECT, INSERT, UPDATE, DELETE ON search_gone TO kith_app;

-- Places are now found in memory; the indexes for them are asked by nothing any more, but words with a place still use the areas.
DROP INDEX "search_key_everywhere_idx";

-- In which layout the entries were written. A newer program writes them all anew when it starts, one job for however many processes.
CREATE TABLE "search_layout" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL,

    CONSTRAINT "search_layout_pkey" PRIMARY KEY ("only"),
    CONSTRAINT search_layout_only CHECK ("only")
);
INSERT INTO "search_layout" ("version") SELECT CASE WHEN EXISTS (SELECT 1 FROM search_key) THEN 1 ELSE 2 END;
GRANT SELECT, UPDATE ON search_layout TO kith_app;
