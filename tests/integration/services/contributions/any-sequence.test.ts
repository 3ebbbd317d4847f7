/** Whatever is settled, given back, decided, paid, questioned and let go, in any order: the books and the rule hold. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerDispute, letGo, raiseDispute } from '#services/contributions/dispute.server.ts'
import {
  markContributionsFailed,
  markContributionsReturned,
  recordContributions,
} from '#services/contributions/record-contributions.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal, londonDate } from '#services/kernel/time.ts'
import {
  assess,
  fundAccounts,
  giveBack,
  makePayingWorld,
  settleLike,
  settledHours,
  owes,
} from '#tests/factories/contributions.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const actor = system('test')
/** The clocks went back in the first of these weeks. */
const FIRST = Temporal.PlainDate.from('2026-10-19')

/** By SQL and day by day, without the code that is tested: what each week must be charged. */
const shouldBe = (personId: string) =>
  house().asOwner<{ monday: string; pence: number }>(
    `with days as (
       select d::date as day, date_trunc('week', d)::date as monday from generate_series('2026-10-19'::date, '2027-01-31', '1 day') d
     ), assessed as (
       select monday, floor(sum(coalesce((select case when c.method = 'gross_invoice' then c.weekly_pence else 0 end from contribution_assessment c
           where c.person_id = $1 and c.starts_on <= day and (c.ends_on is null or c.ends_on >= day)
           order by c.decided_at desc, c.id desc limit 1), 0))::numeric / 7)::int as pence
       from days group by 1
     ), care as (
       select date_trunc('week', on_day)::date as monday, sum(pence)::int as pence from payable where person_id = $1 and payer_kind = 'council' group by 1
     )
     select c.monday::text, greatest(0, least(c.pence, a.pence)) as pence from care c join assessed a using (monday) where greatest(0, least(c.pence, a.pence)) > 0 order by 1`,
    [personId],
  )
const are = (personId: string) =>
  house().asOwner<{ monday: string; pence: number }>(
    'select week_starts_on::text as monday, charged_pence as pence from contribution_week where person_id = $1 and charged_pence > 0 order by 1',
    [personId],
  )

const step = fc.oneof(
  fc.record({
    does: fc.constant('settle' as const),
    day: fc.nat(40),
    pence: fc.integer({ min: 1, max: 6_000 }),
  }),
  fc.record({
    does: fc.constant('refund' as const),
    which: fc.nat(50),
    part: fc.integer({ min: 1, max: 100 }),
  }),
  fc.record({
    does: fc.constant('assess' as const),
    weekly: fc.integer({ min: 0, max: 8_000 }),
    from: fc.nat(40),
    days: fc.option(fc.nat(30), { nil: null }),
  }),
  fc.record({ does: fc.constant('pay' as const), pence: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ does: fc.constant('return' as const), which: fc.nat(50) }),
  fc.record({ does: fc.constant('let go' as const), part: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    does: fc.constant('question' as const),
    answer: fc.constantFrom('stands' as const, 'let_go' as const),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

test('Σ charged = Σ min(assessed, cost), and no event of a contribution moves an account of a fund', async () => {
  const w = await makePayingWorld(house().deps, {
    funds: [
      { pence: 5_000_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true },
    ],
  })
  const { personId } = w.person
  const [first = ''] = await settledHours(house(), w, ['2026-11-09'])
  house().clock.set('2026-12-14T10:00:00Z')
  const visits = [{ id: first, left: 2_650 }]
  const payments: string[] = []
  const now = () => {
    house().clock.advance({ minutes: 1 })
    return w.deps.clock.now()
  }
  const dayAt = (n: number) => FIRST.add({ days: n })

  const work = async (one: Step): Promise<void> => {
    switch (one.does) {
      case 'settle':
        visits.push({ id: await settleLike(w, first, dayAt(one.day), one.pence), left: one.pence })
        return
      case 'refund': {
        const visit = visits[one.which % visits.length]
        if (!visit || visit.left === 0) return
        const amount = Math.max(1, Math.floor((visit.left * one.part) / 100))
        const week = await giveBack(w, visit.id, amount)
        visit.left -= amount
        expect(-(week?.difference ?? 0)).toBeLessThanOrEqual(amount)
        return
      }
      case 'assess': {
        const from = dayAt(one.from)
        await assess(w, {
          weekly: (one.weekly / 100).toFixed(2),
          startsOn: from.toString(),
          endsOn: one.days === null ? '' : from.add({ days: one.days }).toString(),
        })
        return
      }
      case 'pay': {
        const id = newId()
        const arrived = {
          newId: id,
          personId,
          councilId: w.councilId,
          pence: pence(one.pence),
          onDay: londonDate(now()),
        }
        const twice = [1, 0].map(() => w.deps.db.tx((tx) => recordContributions(tx, now(), actor, [arrived])))
        expect((await Promise.all(twice)).flat()).toHaveLength(1)
        payments.push(id)
        return
      }
      case 'return': {
        const id = payments[one.which % Math.max(1, payments.length)]
        if (!id) return
        await w.deps.db.tx((tx) => markContributionsReturned(tx, now(), actor, [{ id, failure: 'returned' }]))
        await w.deps.db.tx((tx) => markContributionsFailed(tx, now(), [{ id, failure: 'returned' }]))
        return
      }
      case 'let go': {
        const owed = await owes(w)
        if (owed <= 0) return
        const amount = Math.max(1, Math.floor((owed * one.part) / 100))
        await letGo(w.deps, w.finance, personId, {
          writeOffId: newId(),
          amount: (amount / 100).toFixed(2),
          reason: 'So.',
        })
        return
      }
      case 'question': {
        await raiseDispute(w.deps, w.person.actor, { personId, week: '', reason: 'It is too much.' })
        const open = await w.deps.db.prisma.contributionDispute.findFirstOrThrow({
          where: { personId, state: 'open' },
        })
        await answerDispute(w.deps, w.finance, open.id, { outcome: one.answer, decision: 'Because.' })
      }
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
      for (const one of steps) {
        now()
        const before = await fundAccounts(w)
        // Nothing is asked for, nothing unpaid to let go: that is said, and nothing changes.
        await work(one).catch((error: unknown) => {
          if (!isDomainError(error) || error.code !== 'INVALID') throw error
        })
        if (one.does !== 'settle' && one.does !== 'refund') expect(await fundAccounts(w)).toEqual(before)
      }
      expect(await are(personId)).toEqual(await shouldBe(personId))
      expect(
        await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
      ).toEqual([])
    }),
    { numRuns: 6, endOnFailure: true },
  )
}, 120_000)
