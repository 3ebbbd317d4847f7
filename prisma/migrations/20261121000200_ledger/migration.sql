-- The ledger: double entry, append-only, written by one function in one round trip.

ALTER TABLE ledger_account
  ADD CONSTRAINT ledger_account_book CHECK (
    (book = 'budget') = (kind IN ('funder', 'available', 'held', 'ring_fenced', 'spent'))),
  ADD CONSTRAINT ledger_account_shape CHECK (CASE kind
    WHEN 'due' THEN payer_kind IS NOT NULL AND payer_id IS NOT NULL AND provider_id IS NOT NULL AND allocation_id IS NULL
    WHEN 'in_transit' THEN payer_kind IS NOT NULL AND payer_id IS NOT NULL AND provider_id IS NOT NULL AND allocation_id IS NULL
    WHEN 'earned' THEN provider_id IS NOT NULL AND payer_id IS NULL AND allocation_id IS NULL
    WHEN 'person_due' THEN person_id IS NOT NULL AND council_id IS NOT NULL AND allocation_id IS NULL
    WHEN 'council_income' THEN council_id IS NOT NULL AND person_id IS NULL AND allocation_id IS NULL
    ELSE allocation_id IS NOT NULL AND num_nonnulls(payer_kind, payer_id, provider_id, person_id, council_id) = 0 END),
  -- Invariant 3, and the signs of the other accounts.
  ADD CONSTRAINT ledger_account_bounds CHECK (CASE
    WHEN kind IN ('available', 'held', 'ring_fenced', 'spent', 'due', 'in_transit', 'person_due') THEN balance >= 0
    ELSE balance <= 0 END);
ALTER TABLE ledger_posting
  ADD CONSTRAINT ledger_posting_amount CHECK (amount <> 0),
  ADD CONSTRAINT ledger_posting_balances CHECK (balance_after = balance_before + amount);
ALTER TABLE ledger_hold ADD CONSTRAINT ledger_hold_not_below_zero CHECK (amount >= 0);
ALTER TABLE ledger_journal
  ADD CONSTRAINT ledger_journal_refund_names_what_it_reverses CHECK (kind <> 'refund' OR reverses_id IS NOT NULL);

-- Invariant 2.
CREATE TRIGGER ledger_journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();

-- Invariant 1, for each book and for each allocation within a journal. All postings of a journal come in one statement.
CREATE FUNCTION refuse_unbalanced_journals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM written w JOIN ledger_account a ON a.id = w.account_id
             GROUP BY w.journal_id, a.book, a.allocation_id HAVING sum(w.amount) <> 0) THEN
    RAISE EXCEPTION 'a journal does not sum to zero' USING ERRCODE = 'KL003';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_balanced AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_journals();

-- Posts journals in the order given, all or nothing.
--   p_accounts: [{id, key, kind, allocation_id, payer_kind, payer_id, provider_id, person_id, council_id}] accounts that may not exist yet
--   p_journals: [{id, key, kind, effective_at, actor_user_id, person_id, authority_id, reverses_id, note,
--                 postings: [{account (key), amount, booking_id, visit_id, ref_id}]}]
-- Returns one row a journal; created is false when the key had been posted before with the same content.
-- Errors: KL001 the key was used for something else; KL002 an account would leave its bounds (not enough money);
--         KL003 unbalanced; KL004 no such account; KL005 a refund beyond what was spent, or to another allocation;
--         KL006 a hold would go below zero.
CREATE FUNCTION ledger_post(p_journals jsonb, p_accounts jsonb DEFAULT '[]')
RETURNS TABLE (journal_id uuid, journal_key text, created boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_created uuid[];
  v_missing text;
BEGIN
  -- The key comes first: a second caller with the same key waits here until the first is done.
  WITH given AS (
    SELECT e.value AS j, e.ordinality AS n FROM jsonb_array_elements(p_journals) WITH ORDINALITY e
  ), added AS (
    INSERT INTO ledger_journal (id, key, kind, effective_at, actor_user_id, person_id, authority_id, reverses_id, note, digest)
    SELECT (j->>'id')::uuid, j->>'key', (j->>'kind')::journal_kind, (j->>'effective_at')::timestamptz, (j->>'actor_user_id')::uuid,
           (j->>'person_id')::uuid, (j->>'authority_id')::uuid, (j->>'reverses_id')::uuid, coalesce(j->>'note', ''),
           md5((j->>'kind') || coalesce(j->>'reverses_id', '') || (j->'postings')::text)
    FROM given ORDER BY n
    ON CONFLICT (key) DO NOTHING
    RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_created FROM added;

  IF cardinality(v_created) < jsonb_array_length(p_journals) AND EXISTS (
    SELECT 1 FROM jsonb_array_elements(p_journals) j JOIN ledger_journal l ON l.key = j->>'key'
    WHERE l.id <> ALL (v_created)
      AND l.digest <> md5((j->>'kind') || coalesce(j->>'reverses_id', '') || (j->'postings')::text)) THEN
    RAISE EXCEPTION 'this key was used for another journal' USING ERRCODE = 'KL001';
  END IF;

  IF cardinality(v_created) > 0 THEN
    INSERT INTO ledger_account (id, key, kind, book, allocation_id, payer_kind, payer_id, provider_id, person_id, council_id)
    SELECT r.id, r.key, r.kind,
           CASE WHEN r.kind IN ('funder', 'available', 'held', 'ring_fenced', 'spent') THEN 'budget' ELSE 'obligation' END::ledger_book,
           r.allocation_id, r.payer_kind, r.payer_id, r.provider_id, r.person_id, r.council_id
    FROM jsonb_to_recordset(p_accounts) AS r (id uuid, key text, kind ledger_account_kind, allocation_id uuid, payer_kind payer_kind,
                                              payer_id uuid, provider_id uuid, person_id uuid, council_id uuid)
    WHERE NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.key = r.key)
    ORDER BY r.key
    ON CONFLICT (key) DO NOTHING;

    -- Invariant 8: always in id order, so two callers cannot wait for each other.
    PERFORM 1 FROM ledger_account a
    WHERE a.key IN (SELECT p->>'account' FROM jsonb_array_elements(p_journals) j, jsonb_array_elements(j->'postings') p)
    ORDER BY a.id FOR UPDATE;

    SELECT p->>'account' INTO v_missing
    FROM jsonb_array_elements(p_journals) j, jsonb_array_elements(j->'postings') p
    WHERE NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.key = p->>'account') LIMIT 1;
    IF v_missing IS NOT NULL THEN
      RAISE EXCEPTION 'no such account' USING ERRCODE = 'KL004', DETAIL = v_missing;
    END IF;

    INSERT INTO ledger_posting (journal_id, line, account_id, amount, balance_before, balance_after, allocation_id, booking_id, visit_id, ref_id)
    SELECT j_id, line, account_id, amount, balance + running - amount, balance + running, allocation_id, booking_id, visit_id, ref_id
    FROM (
      SELECT (j.value->>'id')::uuid AS j_id, p.ordinality::int AS line, a.id AS account_id, a.balance, a.allocation_id,
             (p.value->>'amount')::bigint AS amount, (p.value->>'booking_id')::uuid AS booking_id, (p.value->>'visit_id')::uuid AS visit_id,
             CASE WHEN a.kind = 'held' THEN coalesce((p.value->>'ref_id')::uuid, (p.value->>'visit_id')::uuid) END AS ref_id,
             sum((p.value->>'amount')::bigint) OVER (PARTITION BY a.id ORDER BY j.ordinality, p.ordinality)::bigint AS running
      FROM jsonb_array_elements(p_journals) WITH ORDINALITY j, jsonb_array_elements(j.value->'postings') WITH ORDINALITY p, ledger_account a
      WHERE a.key = p.value->>'account' AND (j.value->>'id')::uuid = ANY (v_created)
    ) lines;

    -- Invariant 3 at every step, not only at the end.
    SELECT a.key INTO v_missing FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
    WHERE q.journal_id = ANY (v_created)
      AND CASE WHEN a.kind IN ('funder', 'earned', 'council_income') THEN q.balance_after > 0 ELSE q.balance_after < 0 END
    LIMIT 1;
    IF v_missing IS NOT NULL THEN
      RAISE EXCEPTION 'an account would leave its bounds' USING ERRCODE = 'KL002', DETAIL = v_missing;
    END IF;

    UPDATE ledger_account a SET balance = a.balance + s.amount
    FROM (SELECT account_id, sum(amount)::bigint AS amount FROM ledger_posting WHERE journal_id = ANY (v_created) GROUP BY account_id) s
    WHERE a.id = s.account_id;

    -- Invariant 6: what is set aside for each visit or purchase.
    IF EXISTS (SELECT 1 FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
               WHERE q.journal_id = ANY (v_created) AND a.kind = 'held') THEN
      INSERT INTO ledger_hold (allocation_id, ref_id, booking_id, amount)
      SELECT DISTINCT ON (q.allocation_id, q.ref_id) q.allocation_id, q.ref_id, q.booking_id, 0
      FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
      WHERE q.journal_id = ANY (v_created) AND a.kind = 'held'
      ON CONFLICT (allocation_id, ref_id) DO NOTHING;
      BEGIN
        UPDATE ledger_hold h SET amount = h.amount + s.amount
        FROM (SELECT q.allocation_id, q.ref_id, sum(q.amount)::bigint AS amount
              FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
              WHERE q.journal_id = ANY (v_created) AND a.kind = 'held' GROUP BY 1, 2) s
        WHERE h.allocation_id = s.allocation_id AND h.ref_id = s.ref_id;
      EXCEPTION WHEN check_violation THEN
        RAISE EXCEPTION 'more would be taken from a hold than it has' USING ERRCODE = 'KL006';
      END;
    END IF;

    -- Invariant 7: money goes back to where it came from, and no more than was spent.
    IF EXISTS (
      SELECT 1
      FROM ledger_journal r
      JOIN ledger_posting q ON q.journal_id = r.id
      JOIN ledger_account a ON a.id = q.account_id AND a.kind = 'spent'
      WHERE r.id = ANY (v_created) AND r.kind = 'refund'
        AND (SELECT coalesce(sum(o.amount), 0) FROM ledger_posting o JOIN ledger_journal oj ON oj.id = o.journal_id
             WHERE o.account_id = a.id AND (oj.id = r.reverses_id OR (oj.reverses_id = r.reverses_id AND oj.kind = 'refund'))) < 0) THEN
      RAISE EXCEPTION 'a refund goes back to the allocation that paid, and is never more than it paid' USING ERRCODE = 'KL005';
    END IF;
  END IF;
  RETURN QUERY SELECT l.id, l.key, l.id = ANY (v_created) FROM ledger_journal l
    WHERE l.key IN (SELECT j->>'key' FROM jsonb_array_elements(p_journals) j);
END $$;

-- A held posting says for what; the check is here because a posting does not know its account's kind.
CREATE FUNCTION refuse_nameless_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM written w JOIN ledger_account a ON a.id = w.account_id WHERE a.kind = 'held' AND w.ref_id IS NULL) THEN
    RAISE EXCEPTION 'a hold names the visit or purchase it is for' USING ERRCODE = 'KL006';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_holds_named AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_nameless_holds();

-- Every invariant that can be read off the tables, broken ones only: empty means the books are right.
CREATE FUNCTION ledger_faults() RETURNS TABLE (invariant int, subject text)
LANGUAGE sql STABLE AS $$
  SELECT 1, q.journal_id::text || ' ' || a.book::text FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
    GROUP BY q.journal_id, a.book, a.allocation_id HAVING sum(q.amount) <> 0
  UNION ALL
  SELECT 3, key FROM ledger_account WHERE kind IN ('available', 'held', 'ring_fenced', 'spent') AND balance < 0
  UNION ALL
  SELECT 4, a.key FROM ledger_account a LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM ledger_posting GROUP BY 1) s ON s.account_id = a.id
    WHERE a.balance <> coalesce(s.amount, 0)
  UNION ALL
  SELECT 6, 'hold ' || coalesce(h.ref_id, s.ref_id)::text
    FROM ledger_hold h FULL JOIN (SELECT allocation_id, ref_id, sum(amount) AS amount FROM ledger_posting WHERE ref_id IS NOT NULL GROUP BY 1, 2) s
      ON s.allocation_id = h.allocation_id AND s.ref_id = h.ref_id
    WHERE coalesce(h.amount, 0) <> coalesce(s.amount, 0)
  UNION ALL
  SELECT 6, 'held of ' || a.allocation_id::text FROM ledger_account a
    LEFT JOIN (SELECT allocation_id, sum(amount) AS amount FROM ledger_hold GROUP BY 1) h ON h.allocation_id = a.allocation_id
    WHERE a.kind = 'held' AND a.balance <> coalesce(h.amount, 0)
$$;
