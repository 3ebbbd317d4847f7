-- Care homes are a kind of support of their own: whoever looks for help with washing at home does not want to move.
-- docs/decisions/2026-11-22-care-homes.md
INSERT INTO "category" ("code", "name", "personal_care", "position") VALUES
  ('care_home', 'Care homes', 'yes', 27);

-- The register's "dormant": registered, and not running now. Null: no file has said.
ALTER TABLE "place" ADD COLUMN "dormant" BOOLEAN;
ALTER TABLE "place" ADD COLUMN "deregistered_on" DATE;

-- What a price is for, in the top four bits of the second integer (services/discovery/facts.rules.ts), so that an hour is
-- never compared with a day. The numbers are those of PRICE_UNITS in the vocabulary.
UPDATE "search_key" k SET "facts" = set_byte(k."facts", 4, (get_byte(k."facts", 4) & 15) | (u.number << 4))
FROM "search_entry" e
JOIN (VALUES ('hour', 1), ('visit', 2), ('half_day', 3), ('day', 4), ('night', 5), ('week', 6), ('session', 7), ('item', 8), ('fixed', 9))
  AS u(code, number) ON u.code = e."price_unit"
WHERE e."id" = k."entry_id" AND NOT e."free" AND e."price_pence" IS NOT NULL;

-- Whom it is for weighs as little as a word in the long text: whoever names the very illness comes first.
UPDATE "search_key" SET "document" = setweight("document", 'D', (SELECT array_agg('audience:' || n) FROM generate_series(1, 31) AS n))
WHERE "document"::text LIKE '%audience:%';
