-- What a person answered on the way to a handful of options. Theirs alone, and gone when they throw it away.
CREATE TABLE "choice_path" (
    "person_id" UUID NOT NULL,
    -- Codes of answers by question; of the place only its area. Never words of a person's own.
    "answers" JSONB NOT NULL,
    "changed_by_id" UUID NOT NULL,
    "authority_id" UUID,
    "changed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "choice_path_pkey" PRIMARY KEY ("person_id"),
    CONSTRAINT "choice_path_answers" CHECK (jsonb_typeof("answers") = 'object' AND octet_length("answers"::text) <= 4000)
);
ALTER TABLE "choice_path" ADD CONSTRAINT "choice_path_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "choice_path" TO kith_app;

-- It says what somebody needs, as the shortlist does, and is seen by the same people: not by the council.
ALTER TABLE "choice_path" ENABLE ROW LEVEL SECURITY;
CREATE POLICY choice_path_seen ON "choice_path" FOR SELECT USING (may_see_shortlist("person_id"));
CREATE POLICY choice_path_begun ON "choice_path" FOR INSERT WITH CHECK (may_see_shortlist("person_id"));
CREATE POLICY choice_path_changed ON "choice_path" FOR UPDATE
  USING (may_see_shortlist("person_id")) WITH CHECK (may_see_shortlist("person_id"));
CREATE POLICY choice_path_thrown_away ON "choice_path" FOR DELETE USING (may_see_shortlist("person_id"));
