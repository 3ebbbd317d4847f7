-- What a member of a pool owes, or gets back, is of their share and of no visit.
ALTER TABLE payable
  ADD COLUMN pool_share_id UUID,
  DROP CONSTRAINT payable_amount,
  ADD CONSTRAINT payable_amount CHECK (pence <> 0 AND (pool_share_id IS NOT NULL OR (refund_id IS NULL) = (pence > 0))),
  ADD CONSTRAINT payable_pool_share_id_fkey FOREIGN KEY (pool_share_id) REFERENCES pool_share(id) ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX payable_pool_share_id_idx ON payable (pool_share_id);
