-- Whether a supporter may set up somebody who has no e-mail address themselves; each council decides.
ALTER TABLE "council" ADD COLUMN "supporters_may_set_up" BOOLEAN NOT NULL DEFAULT false;

-- What the safeguarding team did about a concern: as private as the concern, and never rewritten.
CREATE TABLE "concern_note" (
    "id" UUID NOT NULL,
    "concern_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "by_user_id" UUID NOT NULL,
    "from_state" "concern_state" NOT NULL,
    "to_state" "concern_state" NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "concern_note_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "concern_note_concern_id_idx" ON "concern_note"("concern_id");
ALTER TABLE "concern_note" ADD CONSTRAINT "concern_note_concern_id_fkey" FOREIGN KEY ("concern_id") REFERENCES "concern"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "concern_note" ADD CONSTRAINT "concern_note_length" CHECK (char_length("note") BETWEEN 1 AND 5000);
REVOKE UPDATE, DELETE ON "concern_note" FROM kith_app;

ALTER TABLE "concern_note" ENABLE ROW LEVEL SECURITY;
-- The concern itself is filtered by its own policy inside the subquery.
CREATE POLICY concern_note_seen ON "concern_note" FOR SELECT
  USING (EXISTS (SELECT 1 FROM "concern" c WHERE c."id" = "concern_id" AND may_see_concern(c."council_id")));
CREATE POLICY concern_note_written ON "concern_note" FOR INSERT
  WITH CHECK ("by_user_id" = kith_user() AND EXISTS (SELECT 1 FROM "concern" c WHERE c."id" = "concern_id" AND may_see_concern(c."council_id")));
