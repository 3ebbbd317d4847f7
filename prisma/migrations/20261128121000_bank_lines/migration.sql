-- What one line of a bank was, no other line can have been.
CREATE UNIQUE INDEX bank_line_subject_once ON bank_line (subject_type, subject_id) WHERE state = 'matched';
ALTER TABLE bank_line ADD CONSTRAINT bank_line_subject CHECK (subject_type IN ('payment', 'instalment', 'contribution', 'purchase'));
-- Lines that wait for somebody are looked up by what they may be.
CREATE INDEX bank_line_subject_idx ON bank_line (subject_id) WHERE subject_id IS NOT NULL;

-- A person, or a supporter, told the council that a budget is too small.
CREATE TABLE "budget_too_small" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "allocation_id" UUID,
    "booking_id" UUID,
    "missing_pence" INTEGER,
    "words" TEXT NOT NULL DEFAULT '',
    "said_by_id" UUID,
    "authority_id" UUID,
    "said_at" TIMESTAMPTZ NOT NULL,
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_by_id" UUID,
    "answered_at" TIMESTAMPTZ,

    CONSTRAINT "budget_too_small_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "budget_too_small_person_id_idx" ON "budget_too_small"("person_id");
CREATE INDEX "budget_too_small_council_id_answered_at_said_at_idx" ON "budget_too_small"("council_id", "answered_at", "said_at");
CREATE INDEX "budget_too_small_allocation_id_idx" ON "budget_too_small"("allocation_id");
ALTER TABLE "budget_too_small" ADD CONSTRAINT "budget_too_small_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "budget_too_small" ADD CONSTRAINT "budget_too_small_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "budget_too_small" ADD CONSTRAINT "budget_too_small_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE budget_too_small
  ADD CONSTRAINT budget_too_small_amount CHECK (missing_pence IS NULL OR missing_pence > 0),
  ADD CONSTRAINT budget_too_small_answer CHECK ((answered_at IS NULL) = (answer = ''));
-- Said once until it is answered: a double press does no harm.
CREATE UNIQUE INDEX budget_too_small_once ON budget_too_small (person_id, coalesce(allocation_id, person_id)) WHERE answered_at IS NULL;
