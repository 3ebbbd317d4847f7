-- Purchases from somebody who is not listed: how many the price is for, what came back, what finance wants to hear more about, and a
-- council's two sums up to which fewer people have to say yes.
ALTER TABLE "council_money" ADD COLUMN "purchase_at_once_pence" INTEGER, ADD COLUMN "adviser_limit_pence" INTEGER;
ALTER TABLE "purchase"
  ADD COLUMN "units" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "refunded_pence" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "flagged" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "purchase_state_proposed_at_idx" ON "purchase"("state", "proposed_at");

ALTER TABLE purchase
  ADD CONSTRAINT purchase_units CHECK (units BETWEEN 1 AND 1000),
  ADD CONSTRAINT purchase_refund CHECK (refunded_pence BETWEEN 0 AND coalesce(paid_pence, 0)),
  -- Nothing is set aside before both the person and the council's side, or a rule of theirs, have said yes.
  ADD CONSTRAINT purchase_both_agreed CHECK (state NOT IN ('agreed', 'ordered', 'paid') OR person_agreed_at IS NOT NULL),
  ADD CONSTRAINT purchase_audit CHECK ((audited_at IS NULL) = (audited_by_id IS NULL) AND (NOT flagged OR audited_at IS NOT NULL));
ALTER TABLE council_money
  ADD CONSTRAINT council_money_purchase_limits CHECK (coalesce(purchase_at_once_pence, 0) >= 0 AND coalesce(adviser_limit_pence, 0) >= 0);
