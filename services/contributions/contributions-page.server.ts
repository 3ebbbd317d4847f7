import { z } from 'zod'
import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { londonDate, longDate, type Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { METHOD_WORDS } from './contribution-words.ts'
import { type ArrearsRow, csvOfArrears } from './contributions-csv.rules.ts'
import { AGES, AGE_WORDS } from './owed.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const A_PAGE = 50
const MOST_IN_A_FILE = 20_000

export const SHOWS = ['all', 'owed', 'questions'] as const
export type Shows = (typeof SHOWS)[number]
export interface ListQuery {
  /** Part of a name: then people are found who pay nothing, too. */
  name: string
  show: string | null
  /** 1 and up, as it stands in the address. */
  page: string | null
}

const row = z.object({
  personId: z.string(),
  name: z.string(),
  aftercare: z.boolean(),
  method: z.enum(['net_pay_in', 'gross_invoice']).nullable(),
  weekly: z.number(),
  to28: z.number(),
  to56: z.number(),
  over56: z.number(),
  credit: z.number(),
  payInOverdue: z.number(),
  questions: z.number(),
  total: z.number(),
  sums: z.object({
    to28: z.number(),
    to56: z.number(),
    over56: z.number(),
    payIn: z.number(),
    questions: z.number(),
  }),
})

/** One statement: what was paid or let go counts for the oldest weeks first, as in owed.rules.ts. */
async function readRows(
  tx: Tx,
  councilIds: readonly string[],
  today: Temporal.PlainDate,
  query: { name: string; show: Shows; limit: number; offset: number },
) {
  const day = today.toString()
  const like = `%${query.name.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`
  return z.array(row).parse(
    await tx.$queryRaw`
      with mine as (
        select id, council_id, name, section_117 from person where council_id = any(${[...councilIds]}::uuid[]) and (${query.name} = '' or name ilike ${like})
      ), weeks as (
        select k.person_id, k.charged_pence, ${day}::date - (k.week_starts_on + 6) as days,
          sum(k.charged_pence) over (partition by k.person_id order by k.week_starts_on) as upto
        from contribution_week k join mine m on m.id = k.person_id and m.council_id = k.council_id
      ), settled as (
        select x.person_id, sum(x.pence) as pence from (
          select person_id, council_id, pence from contribution_payment where state = 'confirmed'
          union all select person_id, council_id, pence from contribution_dispute where kind = 'write_off' and state = 'agreed') x
        join mine m on m.id = x.person_id and m.council_id = x.council_id group by 1
      ), owed as (
        select w.person_id, coalesce(sum(o.pence) filter (where w.days <= 28), 0) as to28, coalesce(sum(o.pence) filter (where w.days between 29 and 56), 0) as to56,
          coalesce(sum(o.pence) filter (where w.days > 56), 0) as over56, sum(w.charged_pence) as charged
        from weeks w left join settled s on s.person_id = w.person_id
        cross join lateral (select greatest(0, least(w.charged_pence, w.upto - coalesce(s.pence, 0))) as pence) o
        group by 1
      ), assessed as (
        select distinct on (c.person_id) c.person_id, c.method, c.weekly_pence from contribution_assessment c join mine m on m.id = c.person_id and m.council_id = c.council_id
        where c.starts_on <= ${day}::date and (c.ends_on is null or c.ends_on >= ${day}::date) order by c.person_id, c.decided_at desc, c.id desc
      ), pay_in as (
        select a.person_id, sum(i.pence) as pence from allocation a join mine m on m.id = a.person_id join instalment i on i.allocation_id = a.id
        where a.towards_id is not null and i.arrived_at is null and i.due_on <= ${day}::date group by 1
      ), asked as (
        select d.person_id, count(*) as n from contribution_dispute d join mine m on m.id = d.person_id and m.council_id = d.council_id
        where d.kind = 'dispute' and d.state = 'open' group by 1
      ), told as (
        select m.id, m.name, m.section_117, a.method, case when m.section_117 then 0 else coalesce(a.weekly_pence, 0) end as weekly,
          coalesce(o.to28, 0) as to28, coalesce(o.to56, 0) as to56, coalesce(o.over56, 0) as over56,
          greatest(0, coalesce(s.pence, 0) - coalesce(o.charged, 0)) as credit, coalesce(p.pence, 0) as pay_in, coalesce(q.n, 0) as questions
        from mine m left join assessed a on a.person_id = m.id left join owed o on o.person_id = m.id left join settled s on s.person_id = m.id
        left join pay_in p on p.person_id = m.id left join asked q on q.person_id = m.id
        where ${query.name} <> '' or a.person_id is not null or o.to28 + o.to56 + o.over56 > 0 or s.pence > coalesce(o.charged, 0)
          or q.person_id is not null or p.person_id is not null
      )
      select id::text as "personId", name, section_117 as aftercare, method::text, weekly::int, to28::int, to56::int, over56::int, credit::int,
        pay_in::int as "payInOverdue", questions::int, (count(*) over ())::int as total,
        json_build_object('to28', sum(to28) over (), 'to56', sum(to56) over (), 'over56', sum(over56) over (), 'payIn', sum(pay_in) over (), 'questions', sum(questions) over ()) as sums
      from told
      where ${query.show} = 'all' or (${query.show} = 'owed' and to28 + to56 + over56 + pay_in > 0) or (${query.show} = 'questions' and questions > 0)
      order by questions desc, over56 desc, to56 desc, to28 + pay_in desc, name, id
      limit ${query.limit} offset ${query.offset}`,
  )
}

const asRow = (one: z.infer<typeof row>): ArrearsRow & { personId: string } => ({
  personId: one.personId,
  name: one.name,
  how: one.aftercare ? 'Aftercare: free' : one.method ? METHOD_WORDS[one.method].name : 'Not assessed',
  weekly: one.weekly,
  byAge: { to28: one.to28, to56: one.to56, over56: one.over56 },
  owed: one.to28 + one.to56 + one.over56,
  credit: one.credit,
  payInOverdue: one.payInOverdue,
  questions: one.questions,
})

const readShow = (text: string | null): Shows => {
  if (text === null || text === '') return 'all'
  const found = SHOWS.find((one) => one === text)
  if (!found) throw notFound()
  return found
}
const readPage = (text: string | null): number => {
  if (text === null || text === '') return 1
  if (!/^[1-9]\d{0,4}$/.test(text)) throw notFound()
  return Number(text)
}

/**
 * Who pays towards their care, and what is owed by age, for finance of a council. With a part of a name also people who
 * were never assessed.
 * @throws SIGN_IN; NOT_FOUND for all but finance, and for pages that are not there
 */
export async function contributionsPage(deps: Needs, actor: Actor, query: ListQuery) {
  const { councilIds } = requireStaff(actor, 'money.read')
  const show = readShow(query.show)
  const page = readPage(query.page)
  const name = query.name.trim().slice(0, 80)
  const today = londonDate(deps.clock.now())
  const found = await readRows(deps.db.prisma, councilIds, today, {
    name,
    show,
    limit: A_PAGE,
    offset: (page - 1) * A_PAGE,
  })
  if (found.length === 0 && page > 1) throw notFound()
  const sums = found[0]?.sums ?? { to28: 0, to56: 0, over56: 0, payIn: 0, questions: 0 }
  const total = found[0]?.total ?? 0
  return {
    name,
    show,
    page,
    pages: Math.max(1, Math.ceil(total / A_PAGE)),
    total,
    today: longDate(today),
    rows: found.map(asRow),
    ages: AGES.map((age) => ({ age, words: AGE_WORDS[age], pence: sums[age] })),
    owed: sums.to28 + sums.to56 + sums.over56,
    payInOverdue: sums.payIn,
    questions: sums.questions,
  }
}

/**
 * The same list as a file.
 * @throws as contributionsPage
 */
export async function contributionsCsv(
  deps: Needs,
  actor: Actor,
): Promise<{ filename: string; csv: string }> {
  const { councilIds } = requireStaff(actor, 'money.read')
  const today = londonDate(deps.clock.now())
  const found = await readRows(deps.db.prisma, councilIds, today, {
    name: '',
    show: 'all',
    limit: MOST_IN_A_FILE,
    offset: 0,
  })
  return { filename: `contributions-${today.toString()}.csv`, csv: csvOfArrears(found.map(asRow)) }
}
