-- Each posting is written into every index of its table, and the write-ahead log with it: what no statement reads by is not kept.
-- Postings are found by their journal or their account; by what they are set aside for only where they set something aside.
DROP INDEX ledger_posting_visit_id_idx;
DROP INDEX ledger_posting_ref_id_idx;
CREATE INDEX ledger_posting_ref_id_idx ON ledger_posting (ref_id) WHERE ref_id IS NOT NULL;
DROP INDEX ledger_journal_seq_key;
DROP INDEX ledger_journal_reverses_id_idx;
CREATE INDEX ledger_journal_reverses_id_idx ON ledger_journal (reverses_id) WHERE reverses_id IS NOT NULL;

-- A hold is found by what it is for, or by its fund and booking: two indexes say both, and new holds stand together in the first.
ALTER TABLE ledger_hold DROP CONSTRAINT ledger_hold_pkey, ADD PRIMARY KEY (ref_id, allocation_id);
DROP INDEX ledger_hold_ref_id_idx;
DROP INDEX ledger_hold_booking_id_idx;
CREATE INDEX ledger_hold_allocation_id_booking_id_idx ON ledger_hold (allocation_id, booking_id);
