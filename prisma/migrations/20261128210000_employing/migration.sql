-- Somebody who is employed: how old (the least pay depends on it), and whether their hours differ from week to week (holiday does).
ALTER TABLE "employment" ADD COLUMN "age" TEXT NOT NULL DEFAULT 'adult';
ALTER TABLE "employment" ADD COLUMN "hours_vary" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "employment" ADD CONSTRAINT "employment_age" CHECK ("age" IN ('under_18', 'under_21', 'twenty_one', 'adult', 'pension_age'));

-- The pay for an hour on the day when the hours were approved: a wage record does not change with the next rise.
ALTER TABLE "timesheet" ADD COLUMN "hourly_pence" INTEGER;
ALTER TABLE "timesheet" ADD CONSTRAINT "timesheet_was_approved" CHECK (
  "state" NOT IN ('approved', 'sent', 'paid') OR ("hourly_pence" > 0 AND "approved_at" IS NOT NULL AND "approved_by_id" IS NOT NULL));
ALTER TABLE "timesheet" ADD CONSTRAINT "timesheet_was_submitted" CHECK (
  "state" IN ('draft', 'returned') OR ("submitted_at" IS NOT NULL AND "submitted_by_id" IS NOT NULL));
ALTER TABLE "timesheet" ADD CONSTRAINT "timesheet_was_sent" CHECK ("state" <> 'sent' OR "sent_at" IS NOT NULL);
CREATE INDEX "timesheet_sent_at_idx" ON "timesheet"("sent_at");

-- The Sunday on which the clocks go back has 25 hours.
ALTER TABLE "timesheet_day" DROP CONSTRAINT "timesheet_day_minutes",
  ADD CONSTRAINT "timesheet_day_minutes" CHECK ("minutes" BETWEEN 1 AND 1500);

-- Nobody approves the hours that are their own.
CREATE FUNCTION refuse_own_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM employment e WHERE e.id = NEW.employment_id AND e.assistant_user_id = NEW.approved_by_id) THEN
    RAISE EXCEPTION 'nobody approves their own hours' USING ERRCODE = '23514', CONSTRAINT = 'timesheet_own_hours';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER timesheet_own_hours BEFORE INSERT OR UPDATE OF approved_by_id ON timesheet
  FOR EACH ROW WHEN (NEW.approved_by_id IS NOT NULL) EXECUTE FUNCTION refuse_own_hours();

-- What was approved is a wage record: its hours stay as they were.
CREATE FUNCTION refuse_changing_wage_record() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM timesheet t WHERE t.id = coalesce(OLD.timesheet_id, NEW.timesheet_id) AND t.state IN ('approved', 'sent', 'paid')) THEN
    RAISE EXCEPTION 'the hours of a wage record stay' USING ERRCODE = '23514', CONSTRAINT = 'timesheet_day_kept';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER timesheet_day_kept BEFORE INSERT OR UPDATE OR DELETE ON timesheet_day
  FOR EACH ROW EXECUTE FUNCTION refuse_changing_wage_record();
-- A row each: an empty sheet may still be taken away.
CREATE TRIGGER payroll_result_frozen BEFORE UPDATE OR DELETE ON payroll_result
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_history();
REVOKE UPDATE, DELETE ON payroll_result FROM kith_app;
