-- What a person pays towards it has one source, the assessment. What stood beside the fund moves there.
INSERT INTO contribution_assessment (id, person_id, council_id, method, weekly_pence, starts_on, ends_on, reason, decided_by_id, decided_at)
SELECT gen_random_uuid(), a.person_id, p.council_id,
  (CASE WHEN a.deployment IN ('council_managed', 'adviser_held') THEN 'gross_invoice' ELSE 'net_pay_in' END)::contribution_method,
  sum(a.weekly_contribution_pence)::int, a.starts_on, a.ends_on, 'As it stood beside the fund.', NULL, min(a.created_at)
FROM allocation a JOIN person p ON p.id = a.person_id
WHERE a.weekly_contribution_pence > 0 AND NOT p.section_117
  AND NOT EXISTS (SELECT 1 FROM contribution_assessment c WHERE c.person_id = a.person_id AND c.starts_on <= a.ends_on AND coalesce(c.ends_on, 'infinity'::date) >= a.starts_on)
GROUP BY a.person_id, p.council_id, 4, a.starts_on, a.ends_on;

ALTER TABLE allocation DROP CONSTRAINT allocation_amounts, DROP COLUMN "weekly_contribution_pence",
  ADD CONSTRAINT allocation_amounts CHECK (agreed_pence > 0 AND instalment_pence > 0);

-- Where people pay to by bank transfer.
ALTER TABLE council_money ADD COLUMN "pay_to_name" TEXT, ADD COLUMN "pay_to_sort_code" TEXT, ADD COLUMN "pay_to_account" TEXT,
  ADD CONSTRAINT council_money_pay_to CHECK (
    num_nonnulls(pay_to_name, pay_to_sort_code, pay_to_account) IN (0, 3)
    AND (pay_to_sort_code IS NULL OR (pay_to_name <> '' AND pay_to_sort_code ~ '^[0-9]{6}$' AND pay_to_account ~ '^[0-9]{8}$')));

ALTER TABLE contribution_payment ADD COLUMN "on_day" DATE;

-- One open question about a week at a time, however often the button is pressed.
ALTER TABLE contribution_dispute ADD COLUMN "week_starts_on" DATE;
CREATE UNIQUE INDEX contribution_dispute_one_open ON contribution_dispute (person_id, council_id, coalesce(week_starts_on, '1900-01-01'))
  WHERE kind = 'dispute' AND state = 'open';
ALTER TABLE contribution_dispute ADD CONSTRAINT contribution_dispute_decided
  CHECK (state = 'open' OR (decided_at IS NOT NULL AND decision <> ''));
