-- The same promises with fewer statements: ledger_post is the hottest code of Kith (docs/operations.md, "Speed").
-- Plans are kept and always by index: the arguments are small and the tables are not, which no estimate can know here.

DROP TRIGGER ledger_posting_balanced ON ledger_posting;
DROP TRIGGER ledger_posting_holds_named ON ledger_posting;
DROP FUNCTION refuse_unbalanced_journals();
DROP FUNCTION refuse_nameless_holds();
CREATE FUNCTION refuse_wrong_postings() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  v_nameless boolean;
  v_sum bigint;
BEGIN
  -- Invariant 1, for each book and for each allocation within a journal; and a held posting names what it is for.
  SELECT bool_or(g.nameless), max(abs(g.total)) INTO v_nameless, v_sum
  FROM (SELECT sum(w.amount) AS total, bool_or(a.kind = 'held' AND w.ref_id IS NULL) AS nameless
        FROM written w JOIN ledger_account a ON a.id = w.account_id GROUP BY w.journal_id, a.book, a.allocation_id) g;
  IF v_sum <> 0 THEN
    RAISE EXCEPTION 'a journal does not sum to zero' USING ERRCODE = 'KL003';
  END IF;
  IF v_nameless THEN
    RAISE EXCEPTION 'a hold names the visit or purchase it is for' USING ERRCODE = 'KL006';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_right AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_wrong_postings();

CREATE OR REPLACE FUNCTION ledger_post(p_journals jsonb, p_accounts jsonb DEFAULT '[]')
RETURNS TABLE (journal_id uuid, journal_key text, created boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_created uuid[];
  v_keys text[];
  v_locked int;
  v_bad text;
  v_held boolean;
  v_gives_back boolean;
BEGIN
  -- The key comes first: a second caller with the same key waits here until the first is done.
  WITH added AS (
    INSERT INTO ledger_journal (id, key, kind, effective_at, actor_user_id, person_id, authority_id, reverses_id, note, digest)
    SELECT r.id, r.key, r.kind, r.effective_at, r.actor_user_id, r.person_id, r.authority_id, r.reverses_id, coalesce(r.note, ''),
           md5(r.kind::text || coalesce(r.reverses_id::text, '') || r.postings::text)
    FROM jsonb_to_recordset(p_journals) AS r (id uuid, key text, kind journal_kind, effective_at timestamptz, actor_user_id uuid,
                                              person_id uuid, authority_id uuid, reverses_id uuid, note text, postings jsonb)
    ON CONFLICT (key) DO NOTHING
    RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_created FROM added;

  IF cardinality(v_created) < jsonb_array_length(p_journals) AND EXISTS (
    SELECT 1 FROM jsonb_to_recordset(p_journals) AS r (key text, kind journal_kind, reverses_id uuid, postings jsonb)
    JOIN ledger_journal l ON l.key = r.key
    WHERE l.id <> ALL (v_created) AND l.digest <> md5(r.kind::text || coalesce(r.reverses_id::text, '') || r.postings::text)) THEN
    RAISE EXCEPTION 'this key was used for another journal' USING ERRCODE = 'KL001';
  END IF;

  IF cardinality(v_created) > 0 THEN
    SELECT array_agg(DISTINCT p->>'account') INTO v_keys
    FROM jsonb_array_elements(p_journals) j, jsonb_array_elements(j->'postings') p;

    -- Invariant 8: always in id order, so two callers cannot wait for each other.
    SELECT count(*) INTO v_locked FROM (SELECT 1 FROM ledger_account a WHERE a.key = ANY (v_keys) ORDER BY a.id FOR UPDATE) l;
    IF v_locked < cardinality(v_keys) THEN
      INSERT INTO ledger_account (id, key, kind, book, allocation_id, payer_kind, payer_id, provider_id, person_id, council_id)
      SELECT r.id, r.key, r.kind,
             CASE WHEN r.kind IN ('funder', 'available', 'held', 'ring_fenced', 'spent') THEN 'budget' ELSE 'obligation' END::ledger_book,
             r.allocation_id, r.payer_kind, r.payer_id, r.provider_id, r.person_id, r.council_id
      FROM jsonb_to_recordset(p_accounts) AS r (id uuid, key text, kind ledger_account_kind, allocation_id uuid, payer_kind payer_kind,
                                                payer_id uuid, provider_id uuid, person_id uuid, council_id uuid)
      ORDER BY r.key
      ON CONFLICT (key) DO NOTHING;
      SELECT count(*) INTO v_locked FROM (SELECT 1 FROM ledger_account a WHERE a.key = ANY (v_keys) ORDER BY a.id FOR UPDATE) l;
      IF v_locked < cardinality(v_keys) THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'KL004';
      END IF;
    END IF;

    -- Postings with their balances, and the accounts moved; unless a step would take an account out of its bounds
    -- (invariant 3 at every step, not only at the end).
    WITH lines AS MATERIALIZED (
      SELECT (j.value->>'id')::uuid AS journal_id, p.ordinality::int AS line, a.id AS account_id, a.key, a.kind, a.balance, a.allocation_id,
             (p.value->>'amount')::bigint AS amount, (p.value->>'booking_id')::uuid AS booking_id, (p.value->>'visit_id')::uuid AS visit_id,
             CASE WHEN a.kind = 'held' THEN coalesce((p.value->>'ref_id')::uuid, (p.value->>'visit_id')::uuid) END AS ref_id,
             sum((p.value->>'amount')::bigint) OVER (PARTITION BY a.id ORDER BY j.ordinality, p.ordinality)::bigint AS running
      FROM jsonb_array_elements(p_journals) WITH ORDINALITY j, jsonb_array_elements(j.value->'postings') WITH ORDINALITY p, ledger_account a
      WHERE a.key = p.value->>'account' AND (j.value->>'id')::uuid = ANY (v_created)
    ), verdict AS MATERIALIZED (
      SELECT max(l.key) FILTER (WHERE CASE WHEN l.kind IN ('funder', 'earned', 'council_income') THEN l.balance + l.running > 0
                                           ELSE l.balance + l.running < 0 END) AS bad,
             bool_or(l.kind = 'held') AS held, bool_or(l.kind = 'held' AND l.amount < 0) AS gives_back
      FROM lines l
    ), written AS (
      INSERT INTO ledger_posting (journal_id, line, account_id, amount, balance_before, balance_after, allocation_id, booking_id, visit_id, ref_id)
      SELECT l.journal_id, l.line, l.account_id, l.amount, l.balance + l.running - l.amount, l.balance + l.running,
             l.allocation_id, l.booking_id, l.visit_id, l.ref_id
      FROM lines l WHERE (SELECT v.bad IS NULL FROM verdict v)
    ), moved AS (
      UPDATE ledger_account a SET balance = a.balance + s.amount
      FROM (SELECT l.account_id, sum(l.amount)::bigint AS amount FROM lines l GROUP BY 1) s
      WHERE a.id = s.account_id AND (SELECT v.bad IS NULL FROM verdict v)
    )
    SELECT v.bad, coalesce(v.held, false), coalesce(v.gives_back, false) INTO v_bad, v_held, v_gives_back FROM verdict v;
    IF v_bad IS NOT NULL THEN
      RAISE EXCEPTION 'an account would leave its bounds' USING ERRCODE = 'KL002', DETAIL = v_bad;
    END IF;

    -- Invariant 6: what is set aside for each visit or purchase.
    IF v_gives_back AND EXISTS (
      SELECT 1 FROM (SELECT q.allocation_id, q.ref_id, sum(q.amount) AS amount FROM ledger_posting q
                     WHERE q.journal_id = ANY (v_created) AND q.ref_id IS NOT NULL GROUP BY 1, 2) s
      LEFT JOIN ledger_hold h ON h.allocation_id = s.allocation_id AND h.ref_id = s.ref_id
      WHERE coalesce(h.amount, 0) + s.amount < 0) THEN
      RAISE EXCEPTION 'more would be taken from a hold than it has' USING ERRCODE = 'KL006';
    END IF;
    IF v_held THEN
      WITH moves AS MATERIALIZED (
        SELECT q.allocation_id, q.ref_id, (array_agg(q.booking_id))[1] AS booking_id, sum(q.amount)::bigint AS amount FROM ledger_posting q
        WHERE q.journal_id = ANY (v_created) AND q.ref_id IS NOT NULL GROUP BY 1, 2
      ), moved AS (
        UPDATE ledger_hold h SET amount = h.amount + m.amount FROM moves m
        WHERE h.allocation_id = m.allocation_id AND h.ref_id = m.ref_id RETURNING h.allocation_id, h.ref_id
      )
      INSERT INTO ledger_hold (allocation_id, ref_id, booking_id, amount)
      SELECT m.allocation_id, m.ref_id, m.booking_id, m.amount FROM moves m
      WHERE NOT EXISTS (SELECT 1 FROM moved x WHERE x.allocation_id = m.allocation_id AND x.ref_id = m.ref_id);
    END IF;

    -- Invariant 7: money goes back to where it came from, and no more than was spent.
    IF p_journals @? '$[*] ? (@.kind == "refund")' AND EXISTS (
      SELECT 1
      FROM ledger_journal r
      JOIN ledger_posting q ON q.journal_id = r.id
      JOIN ledger_account a ON a.id = q.account_id AND a.kind = 'spent'
      WHERE r.id = ANY (v_created) AND r.kind = 'refund'
        AND (SELECT coalesce(sum(o.amount), 0) FROM ledger_journal oj JOIN ledger_posting o ON o.journal_id = oj.id AND o.account_id = a.id
             WHERE oj.id = r.reverses_id OR (oj.reverses_id = r.reverses_id AND oj.kind = 'refund')) < 0) THEN
      RAISE EXCEPTION 'a refund goes back to the allocation that paid, and is never more than it paid' USING ERRCODE = 'KL005';
    END IF;
  END IF;

  IF cardinality(v_created) = jsonb_array_length(p_journals) THEN
    RETURN QUERY SELECT r.id, r.key, true FROM jsonb_to_recordset(p_journals) AS r (id uuid, key text);
  ELSE
    RETURN QUERY SELECT l.id, l.key, l.id = ANY (v_created) FROM ledger_journal l
      WHERE l.key IN (SELECT j->>'key' FROM jsonb_array_elements(p_journals) j);
  END IF;
END $$;
