-- Somebody of a council looks at everything about one fund: who, when and why. Never changed; the person sees it.
CREATE TABLE "audit_opening" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "audit_opening_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_opening_allocation_id_opened_at_idx" ON "audit_opening"("allocation_id", "opened_at");
CREATE INDEX "audit_opening_person_id_idx" ON "audit_opening"("person_id");
ALTER TABLE audit_opening ADD CONSTRAINT audit_opening_says_why CHECK (
  purpose IN ('yearly_look', 'sample', 'question', 'person_asked', 'fund_ends', 'outside_auditor') AND char_length(words) BETWEEN 1 AND 500);
CREATE TRIGGER audit_opening_frozen BEFORE UPDATE OR DELETE ON audit_opening
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
REVOKE UPDATE, DELETE ON audit_opening FROM kith_app;

-- Somebody may choose not to say how many hours: then they are not asked again in that quarter.
ALTER TABLE hours_answer ALTER COLUMN "minutes" DROP NOT NULL;

-- What was explained says by whom, when and how.
ALTER TABLE reconciliation_item ADD CONSTRAINT reconciliation_item_explained CHECK (
  state <> 'explained' OR (closed_at IS NOT NULL AND closed_by_id IS NOT NULL AND note <> ''));
ALTER TABLE reconciliation_item ADD CONSTRAINT reconciliation_item_gone CHECK (state <> 'gone' OR closed_at IS NOT NULL);
CREATE INDEX "reconciliation_item_source_state_idx" ON "reconciliation_item"("source", "state");
