-- What a payment was asked with: a retry under its key must ask for exactly the same.
ALTER TABLE payment
  ADD COLUMN external_account TEXT,
  ADD COLUMN saved_card_id UUID;
-- How an account stands at the payments service, and until when what is missing may be given.
ALTER TABLE connected_account
  ADD COLUMN status TEXT NOT NULL DEFAULT 'new',
  ADD COLUMN due_by TIMESTAMPTZ;
ALTER TABLE connected_account
  ADD CONSTRAINT connected_account_status CHECK (status IN ('new', 'more_needed', 'checking', 'ready', 'paused', 'closed'));
-- A card that a person is saving on the payments service's page.
CREATE TABLE "card_setup" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "done_at" TIMESTAMPTZ,

    CONSTRAINT "card_setup_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "card_setup_external_id_key" ON "card_setup"("external_id");
CREATE INDEX "card_setup_person_id_idx" ON "card_setup"("person_id");
ALTER TABLE "card_setup" ADD CONSTRAINT "card_setup_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
