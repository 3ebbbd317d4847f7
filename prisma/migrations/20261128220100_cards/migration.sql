-- What answering for a card needs: a month's limit; how much a refused purchase could have been; what is set aside for one that was
-- approved; the scheme's name for the money that was taken, apart from its name for the question; which purchase a refund gives back,
-- and which agreed purchase a movement was for.
ALTER TABLE "card_programme" ADD COLUMN "most_a_month_pence" INTEGER;
ALTER TABLE "card_transaction"
  ADD COLUMN "up_to_pence" INTEGER,
  ADD COLUMN "held_pence" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "cleared_id" TEXT,
  ADD COLUMN "refunds_id" UUID,
  ADD COLUMN "purchase_id" UUID;
CREATE UNIQUE INDEX "card_transaction_card_id_cleared_id_key" ON "card_transaction"("card_id", "cleared_id");
CREATE INDEX "card_transaction_payment_id_idx" ON "card_transaction"("payment_id");
CREATE INDEX "card_transaction_purchase_id_idx" ON "card_transaction"("purchase_id");
CREATE INDEX "card_transaction_refunds_id_idx" ON "card_transaction"("refunds_id");
ALTER TABLE "card_transaction" ADD CONSTRAINT "card_transaction_refunds_id_fkey"
  FOREIGN KEY ("refunds_id") REFERENCES "card_transaction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE card_programme ADD CONSTRAINT card_programme_month CHECK (coalesce(most_a_month_pence, 1) > 0);
ALTER TABLE card_transaction
  ADD CONSTRAINT card_transaction_held CHECK (held_pence BETWEEN 0 AND pence AND (held_pence = 0 OR state = 'authorised')),
  ADD CONSTRAINT card_transaction_up_to CHECK (up_to_pence IS NULL OR (up_to_pence > 0 AND state = 'declined')),
  ADD CONSTRAINT card_transaction_declined CHECK ((declined IS NOT NULL) = (state = 'declined'));
-- One movement of a card pays a visit, and one is for an agreed purchase, while it stands.
CREATE UNIQUE INDEX card_transaction_one_payment ON card_transaction (payment_id) WHERE payment_id IS NOT NULL AND state IN ('authorised', 'cleared');
CREATE UNIQUE INDEX card_transaction_one_purchase ON card_transaction (purchase_id) WHERE purchase_id IS NOT NULL AND state IN ('authorised', 'cleared');
