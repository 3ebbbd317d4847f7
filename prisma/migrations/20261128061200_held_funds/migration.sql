-- What a fund's agreement says besides: the fee over time, the holder's own services, how the person agreed, and the person's standing
-- instruction; and each week's fee as it was taken.
ALTER TABLE "fund_agreement"
  ADD COLUMN "fee_rates" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "own_services" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "agreed_words" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "written_by_id" UUID,
  ADD COLUMN "changed_at" TIMESTAMPTZ,
  ADD COLUMN "standing_since" TIMESTAMPTZ,
  ADD COLUMN "standing_by_id" UUID,
  ADD COLUMN "standing_authority_id" UUID,
  ADD COLUMN "standing_note" TEXT NOT NULL DEFAULT '';

CREATE TABLE "fund_fee" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "week_starts_on" DATE NOT NULL,
    "pence" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ NOT NULL,
    "journal_id" UUID NOT NULL,
    "back_pence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "fund_fee_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "fund_fee_agreement_id_week_starts_on_key" ON "fund_fee"("agreement_id", "week_starts_on");
ALTER TABLE "fund_fee" ADD CONSTRAINT "fund_fee_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "fund_agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE fund_fee
  ADD CONSTRAINT fund_fee_amounts CHECK (pence > 0 AND back_pence BETWEEN 0 AND pence),
  ADD CONSTRAINT fund_fee_monday CHECK (extract(isodow FROM week_starts_on) = 1);

-- What the person asks whoever holds their fund. A mail about it never says what.
CREATE TABLE "fund_message" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "holder_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "asked_by_id" UUID,
    "authority_id" UUID,
    "asked_at" TIMESTAMPTZ NOT NULL,
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_by_id" UUID,
    "answered_at" TIMESTAMPTZ,

    CONSTRAINT "fund_message_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "fund_message_allocation_id_idx" ON "fund_message"("allocation_id");
CREATE INDEX "fund_message_holder_id_answered_at_idx" ON "fund_message"("holder_id", "answered_at");
ALTER TABLE "fund_message" ADD CONSTRAINT "fund_message_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE fund_message ADD CONSTRAINT fund_message_answered CHECK ((answered_at IS NULL) = (answer = ''));

-- One breach of a kind is open at a time.
CREATE UNIQUE INDEX agreement_breach_open ON agreement_breach (agreement_id, kind) WHERE closed_at IS NULL;
