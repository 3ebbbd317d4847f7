-- What the sandboxes of vendors know, so that a restart of the demo forgets nothing. No money and nobody's data of note.
CREATE TABLE sandbox_record (
    "seq" BIGSERIAL NOT NULL,
    "store" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "group_key" TEXT,
    "value" JSONB NOT NULL,

    CONSTRAINT "sandbox_record_pkey" PRIMARY KEY ("store", "kind", "id")
);
CREATE UNIQUE INDEX "sandbox_record_seq_key" ON "sandbox_record"("seq");
CREATE INDEX "sandbox_record_store_kind_group_key_seq_idx" ON "sandbox_record"("store", "kind", "group_key", "seq");
