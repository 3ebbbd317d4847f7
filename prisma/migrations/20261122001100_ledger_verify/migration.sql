-- Everything that the ledger promises, looked at over the whole of it: with what the tables can tell of invariants 2, 5 and 7. That
-- history was not rewritten shows in the balances before and after: whatever the order in which postings took an account's lock, they
-- are a path from nothing to its balance, so each balance is left as often as it is reached.
CREATE OR REPLACE FUNCTION ledger_faults() RETURNS TABLE (invariant int, subject text)
LANGUAGE sql STABLE AS $$
  SELECT 1, q.journal_id::text || ' ' || a.book::text FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
    GROUP BY q.journal_id, a.book, a.allocation_id HAVING sum(q.amount) <> 0
  UNION ALL
  SELECT DISTINCT 2, 'history of ' || a.key FROM (
    SELECT p.account_id FROM (
      SELECT account_id, balance_after AS value, 1 AS n FROM ledger_posting
      UNION ALL SELECT account_id, balance_before, -1 FROM ledger_posting
      UNION ALL SELECT id, 0, 1 FROM ledger_account
      UNION ALL SELECT id, balance, -1 FROM ledger_account) p
    GROUP BY p.account_id, p.value HAVING sum(p.n) <> 0) broken JOIN ledger_account a ON a.id = broken.account_id
  UNION ALL
  SELECT 2, 'journal without postings ' || j.id::text FROM ledger_journal j
    WHERE NOT EXISTS (SELECT 1 FROM ledger_posting q WHERE q.journal_id = j.id)
  UNION ALL
  SELECT 3, key FROM ledger_account
    WHERE (kind IN ('available', 'held', 'ring_fenced', 'spent') AND balance < 0) OR (credit AND balance > 0) OR (NOT credit AND balance < 0)
  UNION ALL
  SELECT 4, a.key FROM ledger_account a LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM ledger_posting GROUP BY 1) s ON s.account_id = a.id
    WHERE a.balance <> coalesce(s.amount, 0)
  UNION ALL
  SELECT 5, key FROM ledger_journal GROUP BY key HAVING count(*) > 1
  UNION ALL
  SELECT 6, 'hold ' || coalesce(h.ref_id, s.ref_id)::text
    FROM ledger_hold h FULL JOIN (SELECT allocation_id, ref_id, sum(amount) AS amount FROM ledger_posting WHERE ref_id IS NOT NULL GROUP BY 1, 2) s
      ON s.allocation_id = h.allocation_id AND s.ref_id = h.ref_id
    WHERE coalesce(h.amount, 0) <> coalesce(s.amount, 0)
  UNION ALL
  SELECT 6, 'held of ' || a.allocation_id::text FROM ledger_account a
    LEFT JOIN (SELECT allocation_id, sum(amount) AS amount FROM ledger_hold GROUP BY 1) h ON h.allocation_id = a.allocation_id
    WHERE a.kind = 'held' AND a.balance <> coalesce(h.amount, 0)
  UNION ALL
  SELECT 7, 'refund ' || r.reverses_id::text || ' ' || a.key
    FROM ledger_journal r
    JOIN ledger_posting q ON q.journal_id = r.id
    JOIN ledger_account a ON a.id = q.account_id AND a.kind = 'spent'
    WHERE r.kind = 'refund'
    GROUP BY r.reverses_id, a.id, a.key
    HAVING sum(q.amount) + (SELECT coalesce(sum(o.amount), 0) FROM ledger_posting o WHERE o.journal_id = r.reverses_id AND o.account_id = a.id) < 0
$$;
