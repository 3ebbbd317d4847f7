-- New kinds of journal. They can be used only once this is committed, so they stand alone.
ALTER TYPE journal_kind ADD VALUE 'person_written_off' AFTER 'person_paid';
ALTER TYPE journal_kind ADD VALUE 'payment_returned' AFTER 'payment_failed';
ALTER TYPE journal_kind ADD VALUE 'remainder_moved' AFTER 'allocation_adjusted';
