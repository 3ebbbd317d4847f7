-- What somebody said would help, in words, as they agreed to have it in their plan. Taken out, it is gone.
CREATE TYPE "plan_consent" AS ENUM ('self', 'said_to_supporter', 'decided_for');
CREATE TABLE "plan_answers" (
    "person_id" UUID NOT NULL,
    "lines" JSONB NOT NULL,
    "consent" "plan_consent" NOT NULL,
    "put_by_id" UUID NOT NULL,
    "authority_id" UUID,
    "put_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "plan_answers_pkey" PRIMARY KEY ("person_id"),
    CONSTRAINT "plan_answers_lines" CHECK (jsonb_typeof("lines") = 'array' AND jsonb_array_length("lines") BETWEEN 1 AND 12
      AND octet_length("lines"::text) <= 12000),
    -- Only the person agrees with no authority beside it.
    CONSTRAINT "plan_answers_consent" CHECK (("consent" = 'self') = ("authority_id" IS NULL))
);
ALTER TABLE "plan_answers" ADD CONSTRAINT "plan_answers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "plan_answers" TO kith_app;

-- Read by whoever may see the plan: the person, supporters with the scope, advisers of the council. Changed by the person and
-- by supporters who may both see the plan and put things forward; never by the council.
CREATE FUNCTION may_change_plan_answers(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT kith_system()
    OR EXISTS (SELECT 1 FROM person p WHERE p.id = p_person AND p.user_id = kith_user())
    OR EXISTS (SELECT 1 FROM authority a
               WHERE a.person_id = p_person AND a.scopes @> ARRAY['see_plan', 'propose']::"authority_scope"[] AND a.ended_at IS NULL
                 AND a.starts_on <= kith_today() AND (a.ends_on IS NULL OR a.ends_on >= kith_today())
                 AND (a.supporter_user_id = kith_user()
                   OR EXISTS (SELECT 1 FROM member m WHERE m.provider_id = a.supporter_provider_id AND m.user_id = kith_user() AND m.ended_at IS NULL)))
$$;
ALTER TABLE "plan_answers" ENABLE ROW LEVEL SECURITY;
CREATE POLICY plan_answers_seen ON "plan_answers" FOR SELECT USING (may_see_plan("person_id"));
CREATE POLICY plan_answers_put ON "plan_answers" FOR INSERT WITH CHECK (may_change_plan_answers("person_id"));
CREATE POLICY plan_answers_changed ON "plan_answers" FOR UPDATE
  USING (may_change_plan_answers("person_id")) WITH CHECK (may_change_plan_answers("person_id"));
CREATE POLICY plan_answers_taken_out ON "plan_answers" FOR DELETE USING (may_change_plan_answers("person_id"));
