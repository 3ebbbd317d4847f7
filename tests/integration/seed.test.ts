import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOffered } from '#services/availability/hours.rules.ts'
import { chargeSettledWeeks } from '#services/contributions/charge-weeks.server.ts'
import { loadCards } from '#services/cards/load-cards.server.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import { easyFindPage } from '#services/easy-read/find-page.server.ts'
import { easyServicePage } from '#services/easy-read/service-page.server.ts'
import { CATEGORIES } from '#services/discovery/vocabulary.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { londonDate, Temporal } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { reconcile } from '#services/reconciliation/reconcile.server.ts'
import { groupDue, isPayable } from '#services/runs/due.rules.ts'
import { readDue } from '#services/runs/read-due.server.ts'
import { faultsOf } from '#tests/support/easy-read.ts'
import { openTestHouse, TEST_NOW, type TestHouse } from '#tests/support/house.ts'
import { makeKit } from '../../prisma/seed/kit.ts'
import { makeDemo, seedDemo } from '../../prisma/seed/main.ts'
import { seedScale } from '../../prisma/seed/scale.ts'

let house: TestHouse
let written: boolean

beforeAll(async () => {
  house = await openTestHouse({ now: TEST_NOW })
  written = await seedDemo(house.deps)
}, 240_000)
afterAll(() => house.close())

const values = async (sql: string): Promise<string[]> =>
  (await house.asOwner<{ value: string }>(sql)).map((row) => row.value)
const number = async (sql: string): Promise<number> => Number((await values(sql))[0])

/** What disabled people and carers type, and a title that the first three must hold. */
const ASKED: readonly (readonly [query: string, title: string | RegExp])[] = [
  ['swiming', 'Swim with a buddy'],
  ['someone to sit with mum', /Sitting|looks in|company|friend/],
  ['help with shopping near Moorend', 'Shopping and cooking'],
  ['PA', 'Personal assistant for women'],
  ['respit care', /[Ww]eekend|Short stays|night on/],
  ['carer for dad with dementia', 'Care for people with dementia'],
  ['cleaner', 'Cleaning with tact'],
  ['take my son out', 'Out and about in your twenties'],
  ['wash and dress mum in the morning', 'Morning help at home'],
  ['night sitter', 'Night nurse'],
  ['live in carer', 'A live-in carer'],
  ['meals on wheels', /[Dd]inner|Tea-time box/],
  ['lonely', /looks in|friend/],
  ['lift to hospital', 'Hospital and back'],
  ['gardner', 'A garden safe to walk in'],
  ['BSL interpreter', 'Advocacy in sign language'],
  ['help with benefits', 'Benefits check'],
  ['payroll for PA', 'Payroll for your assistants'],
  ['help me find a job', /work|Job/],
  ['physio', 'Physiotherapy at home'],
  ['OT', 'Occupational therapy visit'],
  ['grab rails', 'Rails, ramps and steps fitted'],
  ['alzhiemers group', 'Memory Café'],
  ['mental helth support group', 'Walk and talk'],
  ['feeding tube', 'Complex nursing at home'],
  ['halal meals', 'Dinners that taste of home'],
  ['punjabi speaking carer', 'Home care in your language'],
  ['female carer', 'Personal assistant for women'],
  ['young carers', 'Young carers’ families evening'],
  ['help with computers', 'Computers without fear'],
  ['supported living for autistic brother', 'Support in the home you have'],
  ['end of life care at home', 'The last months at home'],
  ['massage', 'Massage at home'],
]

describe('the demo in an empty database', () => {
  test.each(ASKED)('“%s” finds “%s” among the first three', async (query, title) => {
    const { cards } = await findPage(house.deps, ANONYMOUS, new URLSearchParams({ q: query }))
    expect(cards.slice(0, 3).map((card) => card.title)).toContainEqual(
      typeof title === 'string' ? title : expect.stringMatching(title),
    )
  })
  test.each([
    ['welsh speaking', 'Nothing here mentions “welsh”.'],
    ['stairlift', 'Nothing here mentions “stairlift”. What follows is the nearest there is.'],
  ])('“%s”: says that nothing mentions it', async (query, note) => {
    const { notes } = await findPage(house.deps, ANONYMOUS, new URLSearchParams({ q: query }))
    expect(notes).toContain(note)
  })

  test('is as large as a borough: providers, services, people and a year of visits', async () => {
    expect(written).toBe(true)
    expect(await number('select count(*) as value from council')).toBe(2)
    expect(await number('select count(*) as value from provider')).toBeGreaterThanOrEqual(60)
    expect(await number('select count(*) as value from service')).toBeGreaterThanOrEqual(150)
    expect(await number('select count(*) as value from person')).toBeGreaterThanOrEqual(60)
    expect(await number('select count(*) as value from visit')).toBeGreaterThanOrEqual(6_000)
    expect(await number('select count(*) as value from review')).toBeGreaterThanOrEqual(400)
    expect(
      await number(
        `select (max(starts_at)::date - min(starts_at)::date) as value from visit where state = 'settled'`,
      ),
    ).toBeGreaterThan(330)
  })

  test('keeps every rule of the ledger', async () => {
    expect(
      await house.asOwner(
        'select * from ledger_faults() union all select * from money_faults() union all select * from invoice_faults()',
      ),
    ).toEqual([])
  })

  test('holds what finance finds: a fund that was looked at, what does not agree, and hours of many people', async () => {
    expect(await number('select count(*) as value from audit_opening')).toBe(2)
    expect(await number(`select count(*) as value from audit_event where action = 'audit.opened'`)).toBe(2)
    expect(await values('select distinct source as value from reconciliation_item order by 1')).toEqual([
      'bank',
      'payment_run',
    ])
    expect(
      await number(
        `select min(n) as value from (select count(*) as n from hours_answer where minutes is not null group by quarter) q`,
      ),
    ).toBeGreaterThanOrEqual(5)
    // The same that the nightly job finds: nothing new, and nothing of it gone.
    expect(await reconcile(house.deps)).toEqual({ opened: 0, gone: 0 })
  })

  test('has invoices of two providers, a credit note whose money is not back, and somebody who asks for money back', async () => {
    expect(await number('select count(*) as value from billing')).toBe(2)
    expect(await number(`select count(*) as value from invoice where kind = 'invoice'`)).toBeGreaterThan(10)
    expect(await values('select distinct payer_kind::text as value from invoice')).toEqual(
      expect.arrayContaining(['person', 'council']),
    )
    expect(
      await number(
        `select count(*) as value from invoice i join payable p on p.invoice_id = i.id where i.kind = 'credit_note' and p.state = 'due'`,
      ),
    ).toBeGreaterThan(0)
    expect(await number(`select count(*) as value from refund where state = 'asked'`)).toBe(1)
    // Only refunds whose money is back say so.
    expect(
      await number(
        `select count(*) as value from refund r where (r.state = 'returned') <> (r.state <> 'asked' and not exists (select 1 from payable p where p.refund_id = r.id and p.state <> 'paid'))`,
      ),
    ).toBe(0)
  })

  test('has set aside for each visit what its funding lines say, for each purchase its price, and used what was settled', async () => {
    expect(
      await house.asOwner(`
        select coalesce(f.visit_id, h.ref_id) as visit
        from (select visit_id, allocation_id, sum(pence) as pence from funding_line where state = 'set_aside' group by 1, 2
              union all select id, allocation_id, pence from purchase where state = 'ordered'
              union all select id, allocation_id, held_pence from card_transaction where held_pence > 0) f
        full join (select * from ledger_hold where amount > 0) h on h.ref_id = f.visit_id and h.allocation_id = f.allocation_id
        where f.pence is distinct from h.amount`),
    ).toEqual([])
    expect(
      await number(`
        select count(*) as value from visit v where v.state = 'settled'
          and v.final_pence <> coalesce((select sum(used_pence) from funding_line f where f.visit_id = v.id), 0)`),
    ).toBe(0)
  })

  test('has every kind of provider, category, setting and way to pay', async () => {
    expect(await values('select distinct kind::text as value from provider')).toHaveLength(9)
    expect(
      await values(
        `select distinct v.category_code as value from service s join service_version v on v.id = s.current_version_id where s.state = 'published'`,
      ),
      // Care homes come from the register.
    ).toHaveLength(CATEGORIES.length - 1)
    expect(await values('select distinct setting::text as value from service_version')).toHaveLength(5)
    expect(await values('select distinct funded_by::text as value from service_version')).toHaveLength(3)
    expect(await values('select distinct regulation::text as value from service_version')).toHaveLength(3)
    expect(await values('select distinct kind::text as value from price_line')).toHaveLength(6)
    expect(await values('select distinct deployment::text as value from allocation')).toHaveLength(6)
    expect(await values('select distinct kind::text as value from funding_stream')).toHaveLength(9)
    expect(
      await values(
        'select distinct st.kind::text as value from allocation a join funding_stream st on st.id = a.stream_id',
      ),
    ).toHaveLength(9)
  })

  test('has listings in every state, with their checks in every state and of every kind', async () => {
    expect(await values('select distinct state::text as value from service')).toEqual(
      expect.arrayContaining(['draft', 'submitted', 'published', 'paused']),
    )
    expect(await values('select distinct kind::text as value from verification')).toHaveLength(8)
    expect(await values('select distinct state::text as value from verification')).toHaveLength(6)
    expect(
      await number(
        `select count(*) as value from verification where state = 'verified' and kind = 'insurance' and expires_on between '2026-11-02' and '2026-12-02'`,
      ),
    ).toBeGreaterThanOrEqual(1)
    expect(
      await number(
        `select count(*) as value from verification where state = 'verified' and kind = 'regulation_exemption'`,
      ),
    ).toBeGreaterThanOrEqual(1)
    // One owner behind several companies.
    expect(
      await number(
        `select max(n) as value from (select count(*) as n from provider group by ultimate_owner) x`,
      ),
    ).toBeGreaterThanOrEqual(3)
  })

  test('has supporters by every kind of authority, and people whom each page needs', async () => {
    expect(await values('select distinct type::text as value from authority')).toHaveLength(8)
    expect(
      await number('select count(*) as value from authority where supporter_provider_id is not null'),
    ).toBeGreaterThan(0)
    expect(await number('select count(*) as value from person where user_id is null')).toBeGreaterThan(5)
    expect(await number('select count(*) as value from person where section_117')).toBeGreaterThan(0)
    expect(
      await number(
        `select count(*) as value from person_absence where kind = 'hospital' and ends_on is null`,
      ),
    ).toBe(1)
    // A carer with a budget of her own who supports somebody with one.
    expect(
      await number(
        'select count(*) as value from person c join authority a on a.supporter_user_id = c.user_id where c.is_carer and a.person_id <> c.id',
      ),
    ).toBeGreaterThan(0)
    expect(await values('select unnest(roles)::text as value from staff_membership group by 1')).toHaveLength(
      5,
    )
    expect(await number('select count(*) as value from app_user where operator')).toBe(1)
  })

  test('shows visits and requests in every state', async () => {
    expect(await values('select distinct state::text as value from booking')).toEqual(
      expect.arrayContaining(['requested', 'countered', 'accepted', 'declined', 'expired']),
    )
    expect(await values('select distinct state::text as value from visit')).toEqual(
      expect.arrayContaining([
        'planned',
        'delivered',
        'disputed',
        'confirmed',
        'settled',
        'cancelled_free',
        'missed_by_provider',
      ]),
    )
    expect(
      await values('select distinct outcome::text as value from visit where outcome is not null'),
    ).toHaveLength(4)
    expect(await number('select count(*) as value from visit where by_silence')).toBeGreaterThan(50)
    expect(
      await number(
        `select count(*) as value from visit where missed_said_at is not null and state = 'planned'`,
      ),
    ).toBeGreaterThan(0)
    expect(await values('select distinct state::text as value from funding_line')).toHaveLength(4)
  })

  test('has reviews of most bought services, some of one or two and some of none', async () => {
    const counts = (
      await house.asOwner<{ n: number }>(`
        select count(r.id)::int as n from service s join service_version v on v.id = s.current_version_id
        left join review r on r.service_id = s.id where s.state = 'published' and v.funded_by = 'bought' group by s.id`)
    ).map((row) => row.n)
    expect(counts.filter((n) => n >= 3).length).toBeGreaterThan(counts.length / 2)
    expect(counts.filter((n) => n === 1 || n === 2).length).toBeGreaterThan(3)
    expect(counts.filter((n) => n === 0).length).toBeGreaterThan(3)
    expect(await values('select distinct kept_me_in_control::text as value from review')).toHaveLength(5)
    // Nothing said twice on one page.
    expect(
      await number(
        `select count(*) as value from (select provider_id, comment from review where comment <> '' group by 1, 2 having count(*) > 1) twice`,
      ),
    ).toBe(0)
  })

  test('leaves Joan three funds with something left, and something to say yes to', async () => {
    const joan = `(select id from person where name = 'Joan Ellery')`
    const left = await house.asOwner<{ name: string; left: number }>(`
      select st.name, x.balance::int as left from allocation a join funding_stream st on st.id = a.stream_id
      join ledger_account x on x.key = 'available:' || a.id
      where a.towards_id is null and a.person_id = ${joan} and a.starts_on <= '2026-11-02' and a.ends_on >= '2026-11-02'`)
    expect(left.map((row) => row.name).sort()).toEqual([
      'Getting Out voucher',
      'Health budget',
      'Social care budget',
    ])
    for (const row of left) expect(row.left).toBeGreaterThan(0)
    const states = await values(`select distinct state::text as value from visit where person_id = ${joan}`)
    expect(states).toEqual(expect.arrayContaining(['delivered', 'planned', 'settled']))
    const asked = await values(`select distinct state::text as value from booking where person_id = ${joan}`)
    expect(asked).toEqual(expect.arrayContaining(['requested', 'countered', 'accepted']))
  })

  test('has charged each week of council-paid care what its use case would: worked out anew, nothing changes', async () => {
    const weeks = await values(
      `select distinct person_id || ' ' || on_day as value from payable where payer_kind = 'council'`,
    )
    const before = await values(
      `select id || ' ' || round || ' ' || charged_pence as value from contribution_week order by 1`,
    )
    expect(before.length).toBeGreaterThan(100)
    await chargeSettledWeeks(house.deps, weeks)
    expect(
      await values(
        `select id || ' ' || round || ' ' || charged_pence as value from contribution_week order by 1`,
      ),
    ).toEqual(before)
    expect(await house.asOwner('select * from money_faults()')).toEqual([])
  })

  test('has somebody who pays net whose money has not come, and arrears and questions of somebody who pays a bill', async () => {
    expect(
      await number(
        `select count(*) as value from instalment i join allocation a on a.id = i.allocation_id join person p on p.id = a.person_id
          where p.name = 'Joan Ellery' and a.towards_id is not null and i.arrived_at is null and i.due_on <= '2026-11-02'`,
      ),
    ).toBe(1)
    expect(
      await values(`select state as value from contribution_dispute where kind = 'dispute' order by 1`),
    ).toEqual(['open', 'refused'])
    const halima = `(select id from person where name = 'Halima Yusuf')`
    expect(
      await number(
        `select (select sum(charged_pence) from contribution_week where person_id = ${halima}) - (select coalesce(sum(pence), 0) from contribution_payment where state = 'confirmed' and person_id = ${halima}) as value`,
      ),
    ).toBeGreaterThan(10_000)
  })

  test('has a year of wages that the ledger knows, hours that wait for a yes, and two who are about to employ somebody', async () => {
    const states = await house.asOwner<{ state: string; n: number }>(
      'select state::text, count(*)::int as n from timesheet group by 1 order by 1',
    )
    const count = (state: string) => states.find((row) => row.state === state)?.n ?? 0
    expect([count('draft'), count('submitted')]).toEqual([1, 1])
    expect(count('paid')).toBeGreaterThanOrEqual(10)
    // What was paid is in the ledger to the penny, and nothing else is.
    expect(
      await house.asOwner(`
        select coalesce(j.key, 'payroll:' || t.id) as key
        from (select t.id, r.total_pence from timesheet t join payroll_result r on r.timesheet_id = t.id where t.state = 'paid') t
        full join (select j.key, sum(p.amount) filter (where a.kind = 'spent') as spent from ledger_journal j join ledger_posting p on p.journal_id = j.id
                   join ledger_account a on a.id = p.account_id where j.kind = 'payroll_paid' group by 1) j on j.key = 'payroll:' || t.id
        where t.total_pence is distinct from j.spent`),
    ).toEqual([])
    expect(
      await values(`
        select p.name || ' ' || x.balance as value from authority a join person p on p.id = a.person_id join provider o on o.id = a.supporter_provider_id
        join allocation f on f.person_id = p.id join ledger_account x on x.key = 'available:' || f.id
        where o.slug = 'evenhand' and 'manage_money' = any (a.scopes) and p.name in ('Ivor Stead', 'Noreen Baptiste') order by 1`),
    ).toEqual(['Ivor Stead 128000', 'Noreen Baptiste 128000'])
  })

  test('has somebody whose prepaid card knows of as much money as the books do, and purchases of every outcome', async () => {
    const { allocationId } = await house.deps.db.prisma.card.findFirstOrThrow({
      where: { holderName: 'Nora Quayle' },
    })
    const of = (await readBalances(house.deps.db.prisma, [allocationId])).get(allocationId)
    expect(await house.deps.cards.emulator?.balance(allocationId)).toEqual({
      balance: (of?.available ?? 0) + (of?.held ?? 0),
      setAside: of?.held,
    })
    expect(await values(`select distinct state::text as value from card_transaction order by 1`)).toEqual([
      'authorised',
      'cleared',
      'declined',
    ])
    expect(await loadCards(house.deps)).toBe(0)
  })

  test('can be searched: every published service and no other has an entry', async () => {
    expect(
      await number(
        `select count(*) as value from service s full join search_entry e on e.id = s.id where (s.state = 'published') is distinct from (e.id is not null)`,
      ),
    ).toBe(0)
    expect(await number(`select count(*) as value from postcode where postcode = 'AM1 2AB'`)).toBe(1)
  })

  test('has gaps for a commissioner to see, each with its area and kind of support', async () => {
    expect(
      await number(
        'select count(*) as value from (select area, category_code from search_event where bookable = 0 and category_code is not null group by 1, 2) gaps',
      ),
    ).toBeGreaterThan(50)
  })

  test('names nobody real: no known organisation, no address that could be somebody’s', async () => {
    const REAL = [
      'age uk', 'mencap', 'barchester', 'bupa', 'home instead', 'helping hands', 'scope', 'mind in', 'alzheimer', 'leonard cheshire',
      'carers trust', 'red cross', 'st john ambulance', 'turning point', 'hc-one', 'four seasons', 'care uk',
    ] // prettier-ignore
    const words = (
      await values(`
        select lower(name || ' ' || coalesce(about, '')) as value from provider
        union all select lower(title || ' ' || summary || ' ' || description) from service_version
        union all select lower(funder || ' ' || name) from funding_stream`)
    ).join('\n')
    expect(REAL.filter((name) => new RegExp(`\\b${name}\\b`).test(words))).toEqual([])
    expect(
      await number(`select count(*) as value from app_user where email not like '%@demo.kith.example'`),
    ).toBe(0)
    expect(await number(`select count(*) as value from provider where phone not like '01632 960%'`)).toBe(0)
    expect(await number(`select count(*) as value from person where phone not like '01632 960%'`)).toBe(0)
  })

  test('gives a council’s finance something to do: an order, a run to approve, one that failed, and all it needs to pay', async () => {
    expect(await number(`select count(*) as value from council_order where state = 'asked'`)).toBe(1)
    expect(await number(`select count(*) as value from payment_run where state = 'submitted'`)).toBe(1)
    expect(
      await number(`select count(*) as value from payment where run_id is not null and state = 'failed'`),
    ).toBeGreaterThan(0)
    expect(await number(`select count(*) as value from payee_account where state = 'proposed'`)).toBe(1)
    for (const council of await values('select id::text as value from council')) {
      const due = groupDue(
        await readDue(
          house.deps.db.prisma,
          council,
          londonDate(house.deps.clock.now()),
          house.deps.clock.now(),
        ),
      )
      expect(due.filter(isPayable).length).toBeGreaterThan(0)
      expect(due.filter((group) => group.blocks.some((block) => block !== 'credit'))).toEqual([])
    }
    expect(
      await number(
        `select count(*) as value from payment p where run_id is not null and not exists (select 1 from run_line r where r.payment_id = p.id)`,
      ),
    ).toBe(0)
  })

  test('every service of it is told in Easy Read: short sentences, and nothing of its provider’s cut into them', async () => {
    const slugs = await values(`select slug as value from service where state = 'published' order by slug`)
    expect(slugs.length).toBeGreaterThan(100)
    const faults: string[] = []
    for (const slug of slugs) {
      const { parts } = await easyServicePage(house.deps, ANONYMOUS, slug)
      const lines = parts.flatMap((part) => part.lines)
      faults.push(...faultsOf(lines).map((fault) => `${slug}: ${fault}`))
      const said = lines.map(({ words }) => words).join(' ')
      for (const essential of [
        /It costs £|free|no price yet/,
        /CQC (does|says|has)|on CQC’s list/,
        /cannot come/,
      ])
        if (!essential.test(said)) faults.push(`${slug}: nothing like ${String(essential)}`)
    }
    expect(faults).toEqual([])
    // And as results of a search.
    for (const query of ['', 'q=help', 'q=care+home&near=Millgate', 'max=0']) {
      const { results, said } = await easyFindPage(house.deps, ANONYMOUS, new URLSearchParams(query))
      expect(faultsOf([...said, ...results.flatMap(({ lines }) => lines)])).toEqual([])
    }
  })

  test('is not made a second time', async () => {
    const before = await number('select count(*) as value from visit')
    expect(await seedDemo(house.deps)).toBe(false)
    expect(await number('select count(*) as value from visit')).toBe(before)
  })
})

describe('services for measuring', () => {
  test('are published, priced and found, a third as many providers, as often as asked for', async () => {
    await seedScale(house.deps, 60)
    await seedScale(house.deps, 30)
    const scaled = `slug like 'scale-%'`
    expect(
      await number(`select count(*) as value from service where state = 'published' and ${scaled}`),
    ).toBe(90)
    expect(
      await number(`select count(*) as value from search_entry where price_pence > 0 and ${scaled}`),
    ).toBe(90)
    expect(await number(`select count(*) as value from provider where ${scaled}`)).toBe(30)
  })
})

const NEW_YEAR = '2028-01-01T07:15:00Z'

const fingerprint = (now: string): { demo: ReturnType<typeof makeDemo>; digest: string } => {
  const demo = makeDemo(makeKit(Temporal.Instant.from(now)))
  const rows = [
    demo.providerRows,
    demo.serviceRows,
    demo.peopleRows,
    demo.budgetRows,
    demo.world.bookings.map((booking) => [
      booking.row,
      booking.visits.map((visit) => [visit.row, visit.quote]),
    ]),
    demo.world.notices,
    demo.billing,
    demo.reviews,
    demo.searches,
  ]
  return { demo, digest: createHash('sha256').update(JSON.stringify(rows)).digest('hex') }
}

describe('whenever it is made', () => {
  test('the same moment gives the same borough, to the last id', { timeout: 120_000 }, () => {
    expect(fingerprint(NEW_YEAR).digest).toBe(fingerprint(NEW_YEAR).digest)
  })

  test.each([
    ['the hour after the clocks went forward', '2027-03-28T01:30:00Z'],
    ['New Year’s morning', NEW_YEAR],
  ])(
    '%s has something to say yes to, something asked and something offered',
    { timeout: 120_000 },
    (_name, now) => {
      const { demo } = fingerprint(now)
      const states = (name: string) =>
        demo.world.bookings
          .filter((booking) => booking.person.seed.name === name)
          .map((booking) => booking.row.state)
      expect(states('Joan Ellery')).toEqual(expect.arrayContaining(['requested', 'countered', 'accepted']))
      const visits = demo.world.bookings.flatMap((booking) => booking.visits)
      const joans = visits.filter((visit) => visit.booking.person.seed.name === 'Joan Ellery')
      expect(joans.some((visit) => visit.row.state === 'delivered')).toBe(true)
      expect(visits.some((visit) => visit.row.state === 'disputed')).toBe(true)
      expect(visits.length).toBeGreaterThanOrEqual(6_000)
      // Whatever is still to come is inside the hours that are offered.
      const wrong = visits.filter(
        ({ row, startMs, endMs, booking }) =>
          row.state === 'planned' &&
          !isOffered(
            booking.service.hours,
            booking.service.closed,
            Temporal.Instant.fromEpochMilliseconds(startMs),
            Temporal.Instant.fromEpochMilliseconds(endMs),
          ),
      )
      expect(
        wrong.map(({ booking, on }) => `${booking.service.slug} ${on} ${booking.person.seed.name}`),
      ).toEqual([])
    },
  )
})
