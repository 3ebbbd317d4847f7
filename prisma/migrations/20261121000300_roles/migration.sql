-- Three roles: the owner migrates; kith_app does everything else and cannot rewrite the ledger or the audit log;
-- kith_jobs owns the worker's schema and runs it.
DO $$
DECLARE
  r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['kith_app', 'kith_jobs'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', r);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The database user may not create roles. Have an administrator run: CREATE ROLE % NOLOGIN; GRANT % TO %;', r, r, current_user;
    END;
    -- Since PostgreSQL 16 whoever makes a role may give it away but not take it on: MEMBER is true, SET is not.
    IF NOT (CASE WHEN current_setting('server_version_num')::int >= 160000 THEN pg_has_role(current_user, r, 'SET')
                ELSE pg_has_role(current_user, r, 'MEMBER') END) THEN
      EXECUTE format('GRANT %I TO %I', r, current_user);
    END IF;
  END LOOP;
  EXECUTE format('GRANT CREATE ON DATABASE %I TO kith_jobs', current_database());
END $$;

GRANT USAGE ON SCHEMA public TO kith_app, kith_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO kith_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO kith_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kith_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO kith_app;
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM kith_app;
  END IF;
END $$;

REVOKE INSERT, UPDATE, DELETE ON ledger_account, ledger_journal, ledger_posting, ledger_hold FROM kith_app;
REVOKE UPDATE, DELETE ON audit_event FROM kith_app;
REVOKE INSERT, UPDATE, DELETE ON category FROM kith_app;
REVOKE INSERT, DELETE ON demo_clock FROM kith_app;
REVOKE ALL ON FUNCTION ledger_post(jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_post(jsonb, jsonb) TO kith_app;

-- The outbox: a job is added inside the transaction that gives rise to it. The worker's tables refuse other roles even
-- with grants, so the application goes through this function; its body is bound late, when the worker's schema exists.
CREATE SCHEMA IF NOT EXISTS jobs;
GRANT USAGE ON SCHEMA jobs TO kith_app;
GRANT USAGE, CREATE ON SCHEMA jobs TO kith_jobs;
CREATE FUNCTION jobs.add_job(
  identifier text, payload json DEFAULT '{}', job_key text DEFAULT NULL, run_at timestamptz DEFAULT NULL, max_attempts int DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(identifier := add_job.identifier, payload := add_job.payload, job_key := add_job.job_key,
                                  run_at := add_job.run_at, max_attempts := add_job.max_attempts);
END $$;
ALTER FUNCTION jobs.add_job(text, json, text, timestamptz, int) OWNER TO kith_jobs;
REVOKE ALL ON FUNCTION jobs.add_job(text, json, text, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jobs.add_job(text, json, text, timestamptz, int) TO kith_app;
REVOKE CREATE ON SCHEMA jobs FROM kith_jobs;

-- Row-level security. The identity is set by db.asActor for one transaction; without it these rows are out of sight.
CREATE FUNCTION kith_user() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('kith.user_id', true), '')::uuid $$;
CREATE FUNCTION kith_system() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(current_setting('kith.system', true), '') = 'on' $$;
CREATE FUNCTION kith_today() RETURNS date LANGUAGE sql STABLE AS
  $$ SELECT ((now() + make_interval(secs => offset_seconds::double precision)) AT TIME ZONE 'Europe/London')::date FROM demo_clock $$;

CREATE FUNCTION may_see_plan(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT kith_system()
    OR EXISTS (SELECT 1 FROM person p WHERE p.id = p_person AND p.user_id = kith_user())
    OR EXISTS (SELECT 1 FROM authority a
               WHERE a.person_id = p_person AND 'see_plan' = ANY (a.scopes) AND a.ended_at IS NULL
                 AND a.starts_on <= kith_today() AND (a.ends_on IS NULL OR a.ends_on >= kith_today())
                 AND (a.supporter_user_id = kith_user()
                   OR EXISTS (SELECT 1 FROM member m WHERE m.provider_id = a.supporter_provider_id AND m.user_id = kith_user() AND m.ended_at IS NULL)))
    OR EXISTS (SELECT 1 FROM staff_membership s JOIN person p ON p.council_id = s.council_id
               WHERE p.id = p_person AND s.user_id = kith_user() AND s.ended_at IS NULL AND 'adviser' = ANY (s.roles))
$$;
CREATE FUNCTION may_see_concern(p_council uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM staff_membership s
                 WHERE s.council_id = p_council AND s.user_id = kith_user() AND s.ended_at IS NULL AND 'safeguarding' = ANY (s.roles))
$$;

ALTER TABLE plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE concern ENABLE ROW LEVEL SECURITY;
CREATE POLICY plan_seen ON plan USING (may_see_plan(person_id)) WITH CHECK (may_see_plan(person_id));
CREATE POLICY plan_outcome_seen ON plan_outcome
  USING (EXISTS (SELECT 1 FROM plan p WHERE p.id = plan_id AND may_see_plan(p.person_id)))
  WITH CHECK (EXISTS (SELECT 1 FROM plan p WHERE p.id = plan_id AND may_see_plan(p.person_id)));
-- Anybody may raise a concern; only the safeguarding team of that council reads it. (An INSERT with RETURNING needs to read.)
CREATE POLICY concern_raised ON concern FOR INSERT WITH CHECK (true);
CREATE POLICY concern_seen ON concern FOR SELECT USING (may_see_concern(council_id));
CREATE POLICY concern_worked_on ON concern FOR UPDATE USING (may_see_concern(council_id)) WITH CHECK (may_see_concern(council_id));
