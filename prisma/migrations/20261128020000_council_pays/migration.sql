-- What a payment of a run was approved with: the file says this, whatever is changed afterwards. And minutes above what was booked that
-- whoever pays has approved.
CREATE TABLE "run_line" (
    "payment_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "supplier_number" TEXT NOT NULL,
    "order_number" TEXT NOT NULL,
    "cost_code" TEXT NOT NULL,
    "case_reference" TEXT NOT NULL,
    "payee_id" UUID,

    CONSTRAINT "run_line_pkey" PRIMARY KEY ("payment_id")
);
CREATE UNIQUE INDEX "run_line_run_id_position_key" ON "run_line"("run_id", "position");
CREATE INDEX "run_line_payee_id_idx" ON "run_line"("payee_id");
ALTER TABLE "run_line" ADD CONSTRAINT "run_line_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "run_line" ADD CONSTRAINT "run_line_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "payment_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "run_line" ADD CONSTRAINT "run_line_payee_id_fkey" FOREIGN KEY ("payee_id") REFERENCES "payee_account"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "run_line" ADD CONSTRAINT run_line_is_whole CHECK (supplier_number <> '' AND order_number <> '' AND cost_code <> '' AND case_reference <> '' AND position > 0);
CREATE TRIGGER run_line_frozen BEFORE UPDATE OR DELETE ON run_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();

ALTER TABLE "payment_run"
  ADD COLUMN "file_taken_at" TIMESTAMPTZ,
  ADD COLUMN "file_taken_by_id" UUID;
UPDATE payment_run SET file_taken_at = sent_at WHERE sent_at IS NOT NULL;
ALTER TABLE payment_run ADD CONSTRAINT payment_run_sent_from_its_file CHECK (state NOT IN ('sent', 'finished') OR file_taken_at IS NOT NULL);

ALTER TABLE "visit" ADD COLUMN "approved_minutes" INTEGER;
ALTER TABLE visit ADD CONSTRAINT visit_approved_minutes_are_more CHECK (approved_minutes IS NULL OR approved_minutes > minutes);
