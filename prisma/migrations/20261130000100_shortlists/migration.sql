-- Services that a person keeps in mind, why, and what the people around them say. Nobody else is told.
CREATE TABLE "shortlist_entry" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "kept_by_id" UUID NOT NULL,
    "authority_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "shortlist_entry_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "shortlist_entry_person_id_service_id_key" ON "shortlist_entry"("person_id", "service_id");
CREATE INDEX "shortlist_entry_service_id_idx" ON "shortlist_entry"("service_id");
ALTER TABLE "shortlist_entry" ADD CONSTRAINT "shortlist_entry_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "shortlist_entry" ADD CONSTRAINT "shortlist_entry_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "shortlist_entry" ADD CONSTRAINT "shortlist_entry_note" CHECK (char_length("note") <= 500);

CREATE TABLE "shortlist_comment" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "authority_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "shortlist_comment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "shortlist_comment_entry_id_created_at_idx" ON "shortlist_comment"("entry_id", "created_at");
ALTER TABLE "shortlist_comment" ADD CONSTRAINT "shortlist_comment_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "shortlist_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "shortlist_comment" ADD CONSTRAINT "shortlist_comment_body" CHECK (char_length("body") BETWEEN 1 AND 500);

-- What somebody looks at says what they live with. Seen by the person and by supporters who have the scope; not by the council.
CREATE FUNCTION may_see_shortlist(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT kith_system()
    OR EXISTS (SELECT 1 FROM person p WHERE p.id = p_person AND p.user_id = kith_user())
    OR EXISTS (SELECT 1 FROM authority a
               WHERE a.person_id = p_person AND 'shortlist' = ANY (a.scopes) AND a.ended_at IS NULL
                 AND a.starts_on <= kith_today() AND (a.ends_on IS NULL OR a.ends_on >= kith_today())
                 AND (a.supporter_user_id = kith_user()
                   OR EXISTS (SELECT 1 FROM member m WHERE m.provider_id = a.supporter_provider_id AND m.user_id = kith_user() AND m.ended_at IS NULL)))
$$;
ALTER TABLE "shortlist_entry" ENABLE ROW LEVEL SECURITY;
CREATE POLICY shortlist_entry_seen ON "shortlist_entry" FOR SELECT USING (may_see_shortlist("person_id"));
CREATE POLICY shortlist_entry_kept ON "shortlist_entry" FOR INSERT WITH CHECK (may_see_shortlist("person_id"));
CREATE POLICY shortlist_entry_taken_off ON "shortlist_entry" FOR DELETE USING (may_see_shortlist("person_id"));
-- The only thing of an entry that changes is the note, and that is the person's own word.
CREATE POLICY shortlist_entry_noted ON "shortlist_entry" FOR UPDATE
  USING (EXISTS (SELECT 1 FROM person p WHERE p.id = "person_id" AND p.user_id = kith_user()))
  WITH CHECK (EXISTS (SELECT 1 FROM person p WHERE p.id = "person_id" AND p.user_id = kith_user()));

ALTER TABLE "shortlist_comment" ENABLE ROW LEVEL SECURITY;
CREATE POLICY shortlist_comment_seen ON "shortlist_comment" FOR SELECT
  USING (EXISTS (SELECT 1 FROM shortlist_entry e WHERE e.id = "entry_id"));
-- Nobody speaks in somebody else's name, and nobody takes back another's words.
CREATE POLICY shortlist_comment_said ON "shortlist_comment" FOR INSERT
  WITH CHECK ((kith_system() OR "author_id" = kith_user()) AND EXISTS (SELECT 1 FROM shortlist_entry e WHERE e.id = "entry_id"));
CREATE POLICY shortlist_comment_taken_back ON "shortlist_comment" FOR DELETE
  USING ("author_id" = kith_user() AND EXISTS (SELECT 1 FROM shortlist_entry e WHERE e.id = "entry_id"));
