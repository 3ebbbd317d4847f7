-- A posting knows when it happened, as its journal does: what a fund did in a month is then one stretch of an index, however long
-- the fund's history is. Before, each posting of its life was looked up in the journals to learn its time.
ALTER TABLE ledger_posting ADD COLUMN effective_at timestamptz;
ALTER TABLE ledger_posting DISABLE TRIGGER ledger_posting_append_only;
UPDATE ledger_posting p SET effective_at = j.effective_at FROM ledger_journal j WHERE j.id = p.journal_id;
ALTER TABLE ledger_posting ENABLE TRIGGER ledger_posting_append_only;
ALTER TABLE ledger_posting ALTER COLUMN effective_at SET NOT NULL;
DROP INDEX ledger_posting_account_id_idx;
CREATE INDEX ledger_posting_account_id_effective_at_amount_idx ON ledger_posting (account_id, effective_at, amount);

CREATE OR REPLACE FUNCTION ledger_post(p_journals jsonb, p_accounts jsonb DEFAULT '[]')
RETURNS TABLE (journal_id uuid, journal_key text, created boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_journal jsonb;
  v_posting jsonb;
  v_digest text;
  v_effective_at timestamptz;
  v_known text;
  v_ids uuid[] := '{}';
  v_new boolean[] := '{}';
  v_refund boolean := false;
  -- One entry a posting of the journals that are new.
  k_journal uuid[] := '{}';
  k_line int[] := '{}';
  k_effective_at timestamptz[] := '{}';
  k_key text[] := '{}';
  k_amount bigint[] := '{}';
  k_booking uuid[] := '{}';
  k_visit uuid[] := '{}';
  k_ref uuid[] := '{}';
  k_account uuid[] := '{}';
  k_allocation uuid[] := '{}';
  k_before bigint[] := '{}';
  -- One entry an account, in id order; v_at says where a key stands in them.
  a_id uuid[];
  a_kind ledger_account_kind[];
  a_credit boolean[];
  a_allocation uuid[];
  a_balance bigint[];
  v_at jsonb;
  v_n int;
  v_balance bigint;
  v_held boolean := false;
  v_gives_back boolean := false;
BEGIN
  FOR i IN 0 .. jsonb_array_length(p_journals) - 1 LOOP
    v_journal := p_journals -> i;
    v_effective_at := (v_journal ->> 'effective_at')::timestamptz;
    v_digest := md5((v_journal ->> 'kind') || coalesce(v_journal ->> 'reverses_id', '') || (v_journal -> 'postings')::text);
    -- The key comes first: a second caller with the same key waits here until the first is done.
    INSERT INTO ledger_journal (id, key, kind, effective_at, actor_user_id, person_id, authority_id, reverses_id, note, digest)
    VALUES ((v_journal ->> 'id')::uuid, v_journal ->> 'key', (v_journal ->> 'kind')::journal_kind, v_effective_at,
            (v_journal ->> 'actor_user_id')::uuid, (v_journal ->> 'person_id')::uuid, (v_journal ->> 'authority_id')::uuid,
            (v_journal ->> 'reverses_id')::uuid, coalesce(v_journal ->> 'note', ''), v_digest)
    ON CONFLICT (key) DO NOTHING;
    v_new := v_new || FOUND;
    IF FOUND THEN
      v_ids := v_ids || (v_journal ->> 'id')::uuid;
      v_refund := v_refund OR v_journal ->> 'kind' = 'refund';
      FOR l IN 0 .. jsonb_array_length(v_journal -> 'postings') - 1 LOOP
        v_posting := v_journal -> 'postings' -> l;
        k_journal := k_journal || (v_journal ->> 'id')::uuid;
        k_line := k_line || l + 1;
        k_effective_at := k_effective_at || v_effective_at;
        k_key := k_key || (v_posting ->> 'account');
        k_amount := k_amount || (v_posting ->> 'amount')::bigint;
        k_booking := k_booking || (v_posting ->> 'booking_id')::uuid;
        k_visit := k_visit || (v_posting ->> 'visit_id')::uuid;
        k_ref := k_ref || coalesce((v_posting ->> 'ref_id')::uuid, (v_posting ->> 'visit_id')::uuid);
      END LOOP;
    ELSE
      SELECT v_ids || l.id, l.digest INTO v_ids, v_known FROM ledger_journal l WHERE l.key = v_journal ->> 'key';
      IF v_known <> v_digest THEN
        RAISE EXCEPTION 'this key was used for another journal' USING ERRCODE = 'KL001';
      END IF;
    END IF;
  END LOOP;

  IF cardinality(k_key) > 0 THEN
    FOR attempt IN 1 .. 2 LOOP
      -- Invariant 8: always in id order, so two callers cannot wait for each other.
      SELECT array_agg(l.id), array_agg(l.kind), array_agg(l.credit), array_agg(l.allocation_id), array_agg(l.balance), coalesce(jsonb_object_agg(l.key, l.n), '{}')
        INTO a_id, a_kind, a_credit, a_allocation, a_balance, v_at
      FROM (SELECT s.*, row_number() OVER () AS n
            FROM (SELECT a.id, a.key, a.kind, a.credit, a.allocation_id, a.balance FROM ledger_account a
                  WHERE a.key = ANY (k_key) ORDER BY a.id FOR UPDATE) s) l;
      EXIT WHEN v_at ?& k_key;
      IF attempt = 2 THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'KL004';
      END IF;
      INSERT INTO ledger_account (id, key, kind, allocation_id, payer_kind, payer_id, provider_id, person_id, council_id)
      SELECT r.id, r.key, r.kind, r.allocation_id, r.payer_kind, r.payer_id, r.provider_id, r.person_id, r.council_id
      FROM jsonb_to_recordset(p_accounts) AS r (id uuid, key text, kind ledger_account_kind, allocation_id uuid, payer_kind payer_kind,
                                                payer_id uuid, provider_id uuid, person_id uuid, council_id uuid)
      ORDER BY r.key
      ON CONFLICT (key) DO NOTHING;
    END LOOP;

    FOR i IN 1 .. cardinality(k_key) LOOP
      v_n := (v_at ->> k_key[i])::int;
      v_balance := a_balance[v_n] + k_amount[i];
      -- Invariant 3, at every step and not only at the end. The kinds up to 'spent' are the budget's.
      IF a_kind[v_n] <= 'spent' AND (CASE WHEN a_credit[v_n] THEN v_balance > 0 ELSE v_balance < 0 END) THEN
        RAISE EXCEPTION 'an account would leave its bounds' USING ERRCODE = 'KL002', DETAIL = k_key[i];
      END IF;
      k_account := k_account || a_id[v_n];
      k_allocation := k_allocation || a_allocation[v_n];
      k_before := k_before || a_balance[v_n];
      a_balance[v_n] := v_balance;
      IF a_kind[v_n] = 'held' THEN
        v_held := true;
        v_gives_back := v_gives_back OR k_amount[i] < 0;
      ELSE
        k_ref[i] := NULL;
      END IF;
    END LOOP;

    WITH written AS (
      INSERT INTO ledger_posting (journal_id, line, effective_at, account_id, amount, balance_before, balance_after, allocation_id, booking_id, visit_id, ref_id)
      SELECT k.journal, k.line, k.effective_at, k.account, k.amount, k.before, k.before + k.amount, k.allocation, k.booking, k.visit, k.ref
      FROM unnest(k_journal, k_line, k_effective_at, k_account, k_amount, k_before, k_allocation, k_booking, k_visit, k_ref)
        AS k (journal, line, effective_at, account, amount, before, allocation, booking, visit, ref)
    )
    UPDATE ledger_account a SET balance = s.balance FROM unnest(a_id, a_balance) AS s (id, balance) WHERE a.id = s.id;

    -- Invariant 6: what is set aside for each visit or purchase.
    IF v_gives_back AND EXISTS (
      SELECT 1 FROM (SELECT k.allocation, k.ref, sum(k.amount) AS amount FROM unnest(k_allocation, k_ref, k_amount) AS k (allocation, ref, amount)
                     WHERE k.ref IS NOT NULL GROUP BY 1, 2) s
      LEFT JOIN ledger_hold h ON h.allocation_id = s.allocation AND h.ref_id = s.ref
      WHERE coalesce(h.amount, 0) + s.amount < 0) THEN
      RAISE EXCEPTION 'more would be taken from a hold than it has' USING ERRCODE = 'KL006';
    END IF;
    IF v_gives_back THEN
      WITH moves AS MATERIALIZED (
        SELECT k.allocation, k.ref, (array_agg(k.booking))[1] AS booking, sum(k.amount)::bigint AS amount
        FROM unnest(k_allocation, k_ref, k_booking, k_amount) AS k (allocation, ref, booking, amount) WHERE k.ref IS NOT NULL GROUP BY 1, 2
      ), moved AS (
        UPDATE ledger_hold h SET amount = h.amount + m.amount FROM moves m
        WHERE h.allocation_id = m.allocation AND h.ref_id = m.ref RETURNING h.allocation_id, h.ref_id
      )
      INSERT INTO ledger_hold (allocation_id, ref_id, booking_id, amount)
      SELECT m.allocation, m.ref, m.booking, m.amount FROM moves m
      WHERE NOT EXISTS (SELECT 1 FROM moved x WHERE x.allocation_id = m.allocation AND x.ref_id = m.ref);
    ELSIF v_held THEN
      INSERT INTO ledger_hold AS h (allocation_id, ref_id, booking_id, amount)
      SELECT k.allocation, k.ref, (array_agg(k.booking))[1], sum(k.amount)::bigint
      FROM unnest(k_allocation, k_ref, k_booking, k_amount) AS k (allocation, ref, booking, amount) WHERE k.ref IS NOT NULL GROUP BY 1, 2
      ON CONFLICT (allocation_id, ref_id) DO UPDATE SET amount = h.amount + excluded.amount;
    END IF;

    -- Invariant 7: money goes back to where it came from, and no more than was spent.
    IF v_refund AND EXISTS (
      SELECT 1
      FROM ledger_journal r
      JOIN ledger_posting q ON q.journal_id = r.id
      JOIN ledger_account a ON a.id = q.account_id AND a.kind = 'spent'
      WHERE r.id = ANY (k_journal) AND r.kind = 'refund'
        AND (SELECT coalesce(sum(o.amount), 0) FROM ledger_journal oj JOIN ledger_posting o ON o.journal_id = oj.id AND o.account_id = a.id
             WHERE oj.id = r.reverses_id OR (oj.reverses_id = r.reverses_id AND oj.kind = 'refund')) < 0) THEN
      RAISE EXCEPTION 'a refund goes back to the allocation that paid, and is never more than it paid' USING ERRCODE = 'KL005';
    END IF;
  END IF;

  FOR i IN 1 .. cardinality(v_ids) LOOP
    journal_id := v_ids[i];
    journal_key := p_journals -> (i - 1) ->> 'key';
    created := v_new[i];
    RETURN NEXT;
  END LOOP;
END $$;

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
  SELECT DISTINCT 2, 'time of journal ' || j.id::text FROM ledger_posting q JOIN ledger_journal j ON j.id = q.journal_id WHERE q.effective_at <> j.effective_at
  UNION ALL
  SELECT 3, key FROM ledger_account
    WHERE book = 'budget' AND CASE WHEN credit THEN balance > 0 ELSE balance < 0 END
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
