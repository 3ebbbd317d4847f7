-- An outbox of our own. The worker's add_job notifies, and PostgreSQL holds one lock for the whole server while a transaction
-- that notified commits: every request that adds a job would wait for the disk behind every other. A row here costs nothing of
-- the kind; the worker pours the rows into its queue several times a second, one notification for all.
GRANT CREATE ON SCHEMA jobs TO kith_jobs;
SET LOCAL ROLE kith_jobs;

CREATE TABLE jobs.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identifier text NOT NULL,
  payload json NOT NULL,
  job_key text,
  run_at timestamptz,
  max_attempts int
);

CREATE OR REPLACE FUNCTION jobs.add_job(
  identifier text, payload json DEFAULT '{}', job_key text DEFAULT NULL, run_at timestamptz DEFAULT NULL, max_attempts int DEFAULT NULL)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO jobs.outbox (identifier, payload, job_key, run_at, max_attempts)
  VALUES (add_job.identifier, add_job.payload, add_job.job_key, add_job.run_at, add_job.max_attempts)
$$;

-- Moves what is there into the worker's queue, in the order in which it was added; returns how many. Only kith_jobs may.
CREATE FUNCTION jobs.pour(p_most int DEFAULT 1000) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
  n int := 0;
BEGIN
  FOR r IN
    WITH taken AS (
      DELETE FROM jobs.outbox o WHERE o.id IN (SELECT i.id FROM jobs.outbox i ORDER BY i.id LIMIT p_most FOR UPDATE SKIP LOCKED) RETURNING o.*
    )
    SELECT * FROM taken t ORDER BY t.id
  LOOP
    PERFORM graphile_worker.add_job(identifier := r.identifier, payload := r.payload, job_key := r.job_key,
                                    run_at := r.run_at, max_attempts := r.max_attempts);
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;
REVOKE ALL ON FUNCTION jobs.pour(int) FROM PUBLIC;

RESET ROLE;
REVOKE CREATE ON SCHEMA jobs FROM kith_jobs;
