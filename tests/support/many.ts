/**
 * People, funds and visits by the thousand, written straight into the tables as the use cases would have left them: for
 * measuring, and for processes that are killed. The books are right afterwards; the tests that use it ask.
 */
interface Owner {
  query(sql: string, params?: unknown[]): Promise<unknown>
}

/** Each with one fund of so much that has arrived, in an allocation of the deployment given. @returns nothing; they are found by `made_by` in their name */
export async function manyPeople(
  owner: Owner,
  made: {
    count: number
    councilId: string
    name: string
    pence: number
    deployment: string
    streamId: string
  },
): Promise<void> {
  await owner.query(
    `with people as (
       insert into person (id, council_id, name, short_name)
       select gen_random_uuid(), $1::uuid, $2::text, 'Somebody' from generate_series(1, $3::int) returning id
     ), budgets as (
       insert into budget (id, person_id, starts_on, ends_on) select gen_random_uuid(), id, date '2026-01-01', date '2027-12-31' from people returning id, person_id
     ), funds as (
       insert into allocation (id, budget_id, stream_id, person_id, deployment, agreed_pence, cadence, instalment_pence, starts_on, ends_on)
       select gen_random_uuid(), id, $4::uuid, person_id, $5::deployment, $6::bigint, 'once', 1, date '2026-01-01', date '2027-12-31' from budgets returning id
     ), accounts as (
       insert into ledger_account (id, key, kind, allocation_id, balance)
       select gen_random_uuid(), k.kind || ':' || f.id, k.kind::ledger_account_kind, f.id, k.sign * $6::bigint
       from funds f, (values ('funder', -1), ('available', 1), ('held', 0), ('spent', 0)) as k (kind, sign) returning id, kind, allocation_id, balance
     ), journals as (
       insert into ledger_journal (id, key, kind, effective_at, digest)
       select gen_random_uuid(), 'funded:' || id, 'allocation_funded', timestamptz '2026-01-01', '' from funds returning id, key
     )
     insert into ledger_posting (journal_id, line, effective_at, account_id, amount, balance_before, balance_after, allocation_id)
     select j.id, case a.kind when 'funder' then 1 else 2 end, timestamptz '2026-01-01', a.id, a.balance, 0, a.balance, a.allocation_id
     from journals j join accounts a on j.key = 'funded:' || a.allocation_id where a.balance <> 0`,
    [made.councilId, made.name, made.count, made.streamId, made.deployment, made.pence],
  )
}

/**
 * So many confirmed visits of £20.00 for each of these people, with their money set aside, one booking a person.
 * @param made.name as given to manyPeople
 */
export async function manyConfirmedVisits(
  owner: Owner,
  made: { name: string; each: number; providerId: string; serviceId: string },
): Promise<void> {
  await owner.query(
    `insert into booking (id, reference, person_id, provider_id, service_id, service_version_id, category_code, state, terms, asked_at, answer_by)
     select gen_random_uuid(), 'M' || left(md5(p.id::text), 11), p.id, $2::uuid, $3::uuid, s.current_version_id, 'help_at_home', 'accepted', '{}', timestamptz '2026-09-01', timestamptz '2026-09-08'
     from person p, service s where p.name = $1 and s.id = $3::uuid`,
    [made.name, made.providerId, made.serviceId],
  )
  await owner.query(
    `create temp table many as
     select gen_random_uuid() as visit, gen_random_uuid() as quote, gen_random_uuid() as journal, b.id as booking, b.person_id as person, b.provider_id as provider,
       a.id as fund, n, row_number() over (partition by a.id order by n) as nth
     from booking b join person p on p.id = b.person_id join allocation a on a.person_id = p.id, generate_series(1, $2::int) n where p.name = $1`,
    [made.name, made.each],
  )
  await owner.query(
    `insert into visit (id, booking_id, person_id, provider_id, state, starts_at, ends_at, minutes, occupied_from, occupied_until, quoted_pence, actual_minutes, delivered_at, outcome, final_pence, confirmed_at)
     select visit, booking, person, provider, 'confirmed', t, t + interval '1 hour', 60, t, t + interval '1 hour', 2000, 60, t + interval '1 hour', 'attended', 2000, t + interval '1 day'
     from (select *, timestamptz '2026-10-01 09:00Z' + n * interval '6 hours' as t from many) m`,
  )
  await owner.query(
    `insert into quote_line (id, visit_id, position, kind, label, quantity, category_code, pence) select quote, visit, 0, 'base', 'An hour', 60, 'help_at_home', 2000 from many`,
  )
  await owner.query(
    `insert into funding_line (id, visit_id, quote_line_id, allocation_id, position, pence, reason, state) select gen_random_uuid(), visit, quote, fund, 0, 2000, '', 'set_aside' from many`,
  )
  await owner.query(
    `insert into ledger_journal (id, key, kind, effective_at, digest) select journal, 'many:' || visit, 'hold_placed', timestamptz '2026-09-01', '' from many`,
  )
  await owner.query(
    `insert into ledger_posting (journal_id, line, effective_at, account_id, amount, balance_before, balance_after, allocation_id, booking_id, visit_id, ref_id)
     select m.journal, l.line, timestamptz '2026-09-01', a.id, l.amount, l.before, l.before + l.amount, m.fund, m.booking, m.visit, case l.line when 2 then m.visit end
     from many m
     join ledger_account s on s.allocation_id = m.fund and s.kind = 'available'
     cross join lateral (values (1, 'available', -2000::bigint, s.balance - 2000 * (m.nth - 1)), (2, 'held', 2000::bigint, 2000 * (m.nth - 1))) as l (line, kind, amount, before)
     join ledger_account a on a.allocation_id = m.fund and a.kind = l.kind::ledger_account_kind`,
  )
  await owner.query(
    `insert into ledger_hold (allocation_id, ref_id, booking_id, amount) select fund, visit, booking, 2000 from many`,
  )
  await owner.query(
    `update ledger_account a set balance = a.balance + case a.kind when 'held' then 2000 else -2000 end * m.n
     from (select fund, count(*) as n from many group by 1) m where a.allocation_id = m.fund and a.kind in ('available', 'held')`,
  )
  await owner.query('drop table many')
}

/**
 * A long history for each of these people's funds: so many visits of £1.00 set aside and settled, as postings alone, and
 * one payable for all of them. Six postings a cycle.
 */
export async function manyPostings(
  owner: Owner,
  made: { name: string; each: number; providerId: string },
): Promise<void> {
  await owner.query(
    `create temp table cycles as
     select a.id as fund, p.id as person, n, gen_random_uuid() as placed, gen_random_uuid() as settled, gen_random_uuid() as visit, s.balance as had
     from person p join allocation a on a.person_id = p.id join ledger_account s on s.allocation_id = a.id and s.kind = 'available', generate_series(1, $2::int) n
     where p.name = $1`,
    [made.name, made.each],
  )
  // One provider account for each fund's payer: the person, who owes for all of it.
  await owner.query(
    `insert into ledger_account (id, key, kind, payer_kind, payer_id, provider_id, balance)
     select gen_random_uuid(), 'due:person:' || person || ':' || $1, 'due', 'person', person, $1::uuid, count(*) * 100 from cycles group by person`,
    [made.providerId],
  )
  await owner.query(
    `insert into ledger_account (id, key, kind, provider_id, balance) values (gen_random_uuid(), 'earned:' || $1, 'earned', $1::uuid, 0) on conflict (key) do nothing`,
    [made.providerId],
  )
  await owner.query(
    `insert into ledger_journal (id, key, kind, effective_at, digest)
     select placed, 'long:' || placed, 'hold_placed'::journal_kind, timestamptz '2026-01-02' + n * interval '6 hours', '' from cycles
     union all select settled, 'long:' || settled, 'visit_settled'::journal_kind, timestamptz '2026-01-02' + n * interval '6 hours' + interval '1 hour', '' from cycles`,
  )
  await owner.query(
    `insert into ledger_posting (journal_id, line, effective_at, account_id, amount, balance_before, balance_after, allocation_id, visit_id, ref_id)
     with earned as (select id, balance from ledger_account where key = 'earned:' || $1::text),
     numbered as (select c.*, row_number() over (order by fund, n) as at from cycles c)
     select l.journal, l.line, timestamptz '2026-01-02' + c.n * interval '6 hours' + l.later, coalesce(a.id, d.id, e.id), l.amount, l.before, l.before + l.amount, case when a.id is null then null else c.fund end, c.visit, case when l.kind = 'held' then c.visit end
     from numbered c cross join earned e
     cross join lateral (values
       (c.placed, 1, 'available', -100::bigint, c.had - 100 * (c.n - 1), interval '0 hour'),
       (c.placed, 2, 'held', 100::bigint, 0::bigint, interval '0 hour'),
       (c.settled, 1, 'held', -100::bigint, 100::bigint, interval '1 hour'),
       (c.settled, 2, 'spent', 100::bigint, 100::bigint * (c.n - 1), interval '1 hour'),
       (c.settled, 3, 'due', 100::bigint, 100::bigint * (c.n - 1), interval '1 hour'),
       (c.settled, 4, 'earned', -100::bigint, e.balance - 100::bigint * (c.at - 1), interval '1 hour')) as l (journal, line, kind, amount, before, later)
     left join ledger_account a on a.allocation_id = c.fund and a.kind = l.kind::ledger_account_kind and l.kind in ('available', 'held', 'spent')
     left join ledger_account d on l.kind = 'due' and d.key = 'due:person:' || c.person || ':' || $1::text`,
    [made.providerId],
  )
  await owner.query(
    `update ledger_account a set balance = a.balance + case a.kind when 'spent' then 100 else -100 end * c.n
     from (select fund, count(*) as n from cycles group by 1) c where a.allocation_id = c.fund and a.kind in ('available', 'spent')`,
  )
  await owner.query(
    `update ledger_account set balance = balance - 100 * (select count(*) from cycles) where key = 'earned:' || $1::text`,
    [made.providerId],
  )
  await owner.query(
    `insert into payable (id, allocation_id, person_id, provider_id, payer_kind, payer_id, pence, on_day, created_at)
     select gen_random_uuid(), fund, person, $1::uuid, 'person', person, count(*) * 100, date '2026-11-01', timestamptz '2026-11-01' from cycles group by fund, person`,
    [made.providerId],
  )
  await owner.query('drop table cycles')
}
