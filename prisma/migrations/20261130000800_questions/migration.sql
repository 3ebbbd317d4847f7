-- What somebody wants to know before they ask for support: a question, to look round, to meet who would come.
CREATE TYPE "question_kind" AS ENUM ('question', 'visit', 'meet');
CREATE TYPE "question_side" AS ENUM ('person', 'provider');

CREATE TABLE "question" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "kind" "question_kind" NOT NULL,
    "last_side" "question_side" NOT NULL,
    "last_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "question_message" (
    "id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "side" "question_side" NOT NULL,
    "author_id" UUID NOT NULL,
    "authority_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "question_message_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "question_message_body" CHECK (char_length("body") BETWEEN 1 AND 3000),
    CONSTRAINT "question_message_authority" CHECK ("side" = 'person' OR "authority_id" IS NULL)
);
CREATE INDEX "question_person_id_last_at_idx" ON "question"("person_id", "last_at");
CREATE INDEX "question_provider_id_last_at_idx" ON "question"("provider_id", "last_at");
CREATE INDEX "question_service_id_idx" ON "question"("service_id");
CREATE INDEX "question_message_question_id_created_at_idx" ON "question_message"("question_id", "created_at");
ALTER TABLE "question" ADD CONSTRAINT "question_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "question" ADD CONSTRAINT "question_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "question" ADD CONSTRAINT "question_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "question_message" ADD CONSTRAINT "question_message_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- One conversation about one service at a time, whatever is pressed at once.
CREATE UNIQUE INDEX question_one_open ON question (person_id, service_id) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON "question", "question_message" TO kith_app;

CREATE FUNCTION asks_questions(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM person p WHERE p.id = p_person AND p.user_id = kith_user())
    OR EXISTS (SELECT 1 FROM authority a
               WHERE a.person_id = p_person AND 'message' = ANY (a.scopes) AND a.ended_at IS NULL
                 AND a.starts_on <= kith_today() AND (a.ends_on IS NULL OR a.ends_on >= kith_today())
                 AND (a.supporter_user_id = kith_user()
                   OR EXISTS (SELECT 1 FROM member m WHERE m.provider_id = a.supporter_provider_id AND m.user_id = kith_user() AND m.ended_at IS NULL)))
$$;
CREATE FUNCTION answers_questions(p_provider uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM member m
                 WHERE m.provider_id = p_provider AND m.user_id = kith_user() AND m.ended_at IS NULL AND m.role IN ('owner', 'coordinator'))
$$;
ALTER TABLE "question" ENABLE ROW LEVEL SECURITY;
CREATE POLICY question_seen ON "question" FOR SELECT
  USING (kith_system() OR asks_questions("person_id") OR answers_questions("provider_id"));
CREATE POLICY question_asked ON "question" FOR INSERT WITH CHECK (kith_system() OR asks_questions("person_id"));
CREATE POLICY question_moved ON "question" FOR UPDATE
  USING (asks_questions("person_id") OR answers_questions("provider_id"))
  WITH CHECK (asks_questions("person_id") OR answers_questions("provider_id"));
ALTER TABLE "question_message" ENABLE ROW LEVEL SECURITY;
CREATE POLICY question_message_seen ON "question_message" FOR SELECT
  USING (EXISTS (SELECT 1 FROM question q WHERE q.id = "question_id"));
-- Nobody speaks in another's name, or from the other side.
CREATE POLICY question_message_said ON "question_message" FOR INSERT WITH CHECK (kith_system() OR ("author_id" = kith_user() AND EXISTS (
  SELECT 1 FROM question q WHERE q.id = "question_id" AND q.closed_at IS NULL
    AND CASE WHEN "side" = 'person' THEN asks_questions(q.person_id) ELSE answers_questions(q.provider_id) END)));
