-- Somewhere that a person means to go: free support in their week, with no money, no booking and nobody told.
CREATE TABLE "own_plan" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "first_on" DATE NOT NULL,
    "weekly" BOOLEAN NOT NULL DEFAULT false,
    "last_on" DATE,
    "from_minute" INTEGER NOT NULL,
    "until_minute" INTEGER NOT NULL,
    "without" DATE[] DEFAULT ARRAY[]::DATE[],
    "added_by_id" UUID NOT NULL,
    "authority_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "own_plan_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "own_plan_person_id_idx" ON "own_plan"("person_id");
CREATE INDEX "own_plan_service_id_idx" ON "own_plan"("service_id");
ALTER TABLE "own_plan" ADD CONSTRAINT "own_plan_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "own_plan" ADD CONSTRAINT "own_plan_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "own_plan" ADD CONSTRAINT "own_plan_hours" CHECK ("from_minute" BETWEEN 0 AND 1439 AND "until_minute" > "from_minute" AND "until_minute" <= 2880);
ALTER TABLE "own_plan" ADD CONSTRAINT "own_plan_days" CHECK ("last_on" IS NULL OR "last_on" >= "first_on");

-- What somebody goes to says what they live with. Seen by the person and by supporters who may see the plan or ask for support.
CREATE FUNCTION may_see_own_plan(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM person p WHERE p.id = p_person AND p.user_id = kith_user())
    OR EXISTS (SELECT 1 FROM authority a
               WHERE a.person_id = p_person AND a.scopes && ARRAY['see_plan', 'book']::"authority_scope"[] AND a.ended_at IS NULL
                 AND a.starts_on <= kith_today() AND (a.ends_on IS NULL OR a.ends_on >= kith_today())
                 AND (a.supporter_user_id = kith_user()
                   OR EXISTS (SELECT 1 FROM member m WHERE m.provider_id = a.supporter_provider_id AND m.user_id = kith_user() AND m.ended_at IS NULL)))
$$;
ALTER TABLE "own_plan" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_plan_seen ON "own_plan" USING (may_see_own_plan("person_id")) WITH CHECK (may_see_own_plan("person_id"));
