/** Direct payment, net: £120 a week, of which the person pays £15 a week into the same account. */
import { beforeEach, describe, expect, test } from 'vitest'
import { fundsThatPay } from '#services/budgets/funds-that-pay.server.ts'
import { readFundTotals } from '#services/budgets/fund-totals.server.ts'
import { moneyPage } from '#services/budgets/money-page.server.ts'
import { openPayIn, recordPayIn } from '#services/budgets/pay-in.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { cardPage } from '#services/cards/card-page.server.ts'
import { previewAssessment } from '#services/contributions/assess.server.ts'
import { contributionsCsv, contributionsPage } from '#services/contributions/contributions-page.server.ts'
import { recordPaidIn, sayPaidIn } from '#services/contributions/record-payment.server.ts'
import { payPage, towardsPage } from '#services/contributions/towards-page.server.ts'
import { assistantsPage } from '#services/employing/assistants-page.server.ts'
import { keptBackPage } from '#services/employing/kept-back-page.server.ts'
import { system } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal, dateColumn } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { ask } from '#tests/factories/bookings.ts'
import { type PayingWorld, assess, decision, makePayingWorld } from '#tests/factories/contributions.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const all = { month: null, page: null, holds: false }
const NET = { method: 'net_pay_in', weekly: '15.00', startsOn: '2026-11-02' } as const

/** The council's next money comes on each of these days, £420.00 or £480.00 at a time. */
async function directPayment(
  amount: number,
  deployment:
    'direct_payment_bank' | 'direct_payment_card' | 'direct_payment_managed_account' = 'direct_payment_bank',
) {
  return makePayingWorld(house().deps, {
    funds: [
      {
        pence: 0,
        deployment,
        expected: ['2026-11-02', '2026-11-30', '2026-12-28'].map((dueOn) => ({ dueOn, pence: amount })),
        endsOn: '2027-01-24',
      },
    ],
    service: {},
  })
}
/** As the schedule does for the council's own instalments: those that go towards another fund never come by themselves. */
async function councilPays(w: PayingWorld): Promise<void> {
  const later = await w.deps.db.prisma.instalment.findMany({
    where: { arrivedAt: null, allocation: { personId: w.person.personId, towardsId: { not: null } } },
  })
  const far = dateColumn(Temporal.PlainDate.from('2090-01-01'))
  const of = (ids: string[]) => ({ where: { id: { in: ids } } })
  await w.deps.db.prisma.instalment.updateMany({ ...of(later.map(({ id }) => id)), data: { dueOn: far } })
  await receiveInstalments(w.deps)
  for (const one of later)
    await w.deps.db.prisma.instalment.update({ where: { id: one.id }, data: { dueOn: one.dueOn } })
}
const payInOf = (w: PayingWorld) =>
  w.deps.db.prisma.allocation.findFirstOrThrow({
    where: { towardsId: w.person.allocationIds[0] ?? '' },
    include: { instalments: { orderBy: { dueOn: 'asc' } }, stream: true },
  })
const instalments = async (w: PayingWorld, which: 'council' | 'person') =>
  (
    await w.deps.db.prisma.instalment.findMany({
      where: {
        allocation:
          which === 'council'
            ? { id: w.person.allocationIds[0] ?? '' }
            : { towardsId: w.person.allocationIds[0] ?? '' },
      },
      orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
    })
  ).map((one) => [one.dueOn.toISOString().slice(0, 10), one.pence, one.arrivedAt !== null])

describe('£420.00 of the council and £60.00 of the person', () => {
  test('are one fund: £420.00 now, £60.00 has not arrived; then £480.00', async () => {
    const w = await directPayment(42_000)
    await assess(w, { ...NET, council: 'beside' })
    await councilPays(w)
    const before = (await moneyPage(w.deps, w.person.actor, all)).current
    expect(before).toHaveLength(1)
    expect(before[0]).toMatchObject({
      agreed: 3 * 48_000,
      received: 42_000,
      parts: { left: 42_000, setAside: 0, spent: 0, toCome: 2 * 48_000 + 6_000 },
      next: { pence: 42_000, on: '30 November' },
      contribution: 'What you pay towards it: £15.00 a week.',
      payIn: {
        late: true,
        words: '£420.00 now; your £60.00 has not arrived. It was due on 2 November.',
      },
    })
    expect(
      (await readFundTotals(w.deps.db.prisma, w.person.personId, Temporal.PlainDate.from('2026-11-02')))
        .funds,
    ).toBe(1)
    // Nor is it a second one where money is kept back, or where somebody is employed.
    const [fundId] = w.person.allocationIds
    expect((await keptBackPage(w.deps, w.person.actor)).funds.map(({ id }) => id)).toEqual([fundId])
    expect((await assistantsPage(w.deps, w.person.actor)).funds.map(({ id }) => id)).toEqual([fundId])

    // Finance sees who is late, and so does the person.
    const list = await contributionsPage(w.deps, w.finance, { name: '', show: 'owed', page: null })
    expect(list.rows).toMatchObject([{ name: 'Ada Test', payInOverdue: 6_000, owed: 0, weekly: 1_500 }])
    expect((await contributionsCsv(w.deps, w.finance)).csv).toContain(
      '"Ada Test","Paid into the same account",15.00',
    )
    const own = await towardsPage(w.deps, w.person.actor, { allWeeks: false })
    expect(own.payIns).toMatchObject([
      { overdue: 6_000, overdueSince: 'Monday 2 November 2026', ownAccount: true },
    ])

    const [fund] = (await payPage(w.deps, w.person.actor)).payIns
    const input = {
      personId: w.person.personId,
      payInId: fund?.id ?? '',
      amount: '60',
      open: String(fund?.open ?? 0),
    }
    await Promise.all([sayPaidIn(w.deps, w.person.actor, input), sayPaidIn(w.deps, w.person.actor, input)])
    const after = (await moneyPage(w.deps, w.person.actor, all)).current
    expect(after[0]).toMatchObject({
      received: 48_000,
      parts: { left: 48_000 },
      payIn: { late: false, words: 'You pay in £60.00 on 30 November.' },
    })
    expect(await faults()).toEqual([])

    // A visit dearer than the council's part is paid from both.
    await ask(w, '2026-11-09', 2_750)
    const pays = await fundsThatPay(
      w.deps.db.prisma,
      w.person.personId,
      {
        categories: ['help_at_home'],
        unitPence: 2_500,
        accredited: false,
        providerId: w.provider.providerId,
      },
      Temporal.PlainDate.from('2026-11-09'),
      w.deps.clock.now(),
    )
    expect(pays).toMatchObject([{ name: 'Social care budget', why: '£452.50 is left in it today.' }])
  })

  test('what is paid in buys what the fund buys, is held as the fund is, and counts for what waits for money', async () => {
    const w = await directPayment(2_000)
    await assess(w, { ...NET, weekly: '4.00', council: 'beside' })
    await councilPays(w)
    const payIn = await payInOf(w)
    expect(payIn).toMatchObject({
      deployment: 'direct_payment_bank',
      stream: { kind: 'contribution', canBuy: 'help at home' },
    })
    // £27.50 while £20.00 is there: the rest is planned from what is paid in.
    await ask(w, '2026-11-09', 2_750)
    const lines = () => w.deps.db.prisma.fundingLine.findMany({ where: { allocationId: payIn.id } })
    const sums = async () => (await lines()).reduce((sum, line) => sum + line.pence, 0)
    expect([await sums(), ...new Set((await lines()).map(({ state }) => state))]).toEqual([750, 'planned'])
    await w.deps.db.tx((tx) =>
      recordPayIn(tx, w.deps.clock.now(), system('test'), {
        allocationId: payIn.id,
        pence: pence(1_000),
        source: 'bank',
      }),
    )
    expect([...new Set((await lines()).map(({ state }) => state))]).toEqual(['set_aside'])
    // £10.00 of £16.00 came: the rest is due as before.
    expect(await instalments(w, 'person')).toEqual([
      ['2026-11-02', 1_000, true],
      ['2026-11-02', 600, false],
      ['2026-11-30', 1_600, false],
      ['2026-12-28', 1_600, false],
    ])
    expect((await readBalances(w.deps.db.prisma, [payIn.id])).get(payIn.id)).toMatchObject({
      funded: 1_000,
      held: 750,
      available: 250,
    })
    expect(await faults()).toEqual([])
  })
})

test('on a prepaid card, what is paid in can be spent with it', async () => {
  const w = await directPayment(42_000, 'direct_payment_card')
  await assess(w, { ...NET, council: 'beside' })
  await councilPays(w)
  const { id: allocationId } = await payInOf(w)
  await w.deps.db.tx((tx) =>
    recordPayIn(tx, w.deps.clock.now(), system('test'), {
      allocationId,
      pence: pence(6_000),
      source: 'bank',
    }),
  )
  expect((await cardPage(w.deps, w.person.actor)).funds).toMatchObject([{ available: 48_000, held: 0 }])
})

describe('an assessment that changes', () => {
  test('moves what is still to come on both sides, and no account: the budget stays as large as it was', async () => {
    const w = await directPayment(48_000)
    await councilPays(w)
    const preview = await assess(w, { ...NET, startsOn: '2026-11-02' })
    expect(
      preview.funds[0]?.periods.map(({ words, councilBefore, councilAfter, ownBefore, ownAfter }) => [
        words,
        councilBefore,
        councilAfter,
        ownBefore,
        ownAfter,
      ]),
    ).toEqual([
      ['Monday 2 November 2026', 48_000, 48_000, 0, 6_000],
      // £60.00 for the days before, whose money had come already, and £60.00 for its own.
      ['Monday 30 November 2026', 48_000, 36_000, 0, 6_000],
      ['Monday 28 December 2026', 48_000, 42_000, 0, 6_000],
    ])
    expect(preview.words.told).toContain('Next to pay in: £60.00, due on Monday 2 November 2026.')
    const total = async () =>
      [...(await instalments(w, 'council')), ...(await instalments(w, 'person'))].reduce(
        (sum, one) => sum + Number(one[1]),
        0,
      )
    expect(await total()).toBe(3 * 48_000)
    const balances = await readBalances(w.deps.db.prisma, w.person.allocationIds)

    // Less from the middle of a period on; then nothing at all.
    await assess(w, { ...NET, weekly: '7.00', startsOn: '2026-12-14' })
    expect(await instalments(w, 'person')).toEqual([
      ['2026-11-02', 6_000, false],
      ['2026-11-30', 4_400, false],
      ['2026-12-28', 2_800, false],
    ])
    expect(await total()).toBe(3 * 48_000)
    await assess(w, { ...NET, weekly: '0', startsOn: '2026-11-02' })
    expect(await instalments(w, 'person')).toEqual([])
    expect(await instalments(w, 'council')).toEqual([
      ['2026-11-02', 48_000, true],
      ['2026-11-30', 48_000, false],
      ['2026-12-28', 48_000, false],
    ])
    expect(await readBalances(w.deps.db.prisma, w.person.allocationIds)).toEqual(balances)
    expect((await moneyPage(w.deps, w.person.actor, all)).current[0]).toMatchObject({
      agreed: 3 * 48_000,
      contribution: null,
      payIn: null,
    })
    expect(await faults()).toEqual([])
  })

  test('to a bill ends what is paid in; opened twice with the same it changes nothing', async () => {
    const w = await directPayment(48_000)
    await assess(w, NET)
    const before = await instalments(w, 'person')
    await w.deps.db.tx((tx) =>
      openPayIn(tx, w.deps.clock.now(), {
        fundId: w.person.allocationIds[0] ?? '',
        target: () => 6_000,
        council: 'within',
      }),
    )
    expect(await instalments(w, 'person')).toEqual(before)
    await assess(w, { method: 'gross_invoice', weekly: '15.00', startsOn: '2026-11-30' })
    expect(await instalments(w, 'person')).toEqual([['2026-11-02', 6_000, false]])
  })

  test('to more than the council still pays is refused: nobody pays more than the care costs', async () => {
    const w = await directPayment(4_000)
    expect(
      await refusal(
        previewAssessment(w.deps, w.finance, w.person.personId, decision({ ...NET, weekly: '15.00' })),
      ),
    ).toMatchObject({
      code: 'INVALID',
      details: { fields: { weekly: [expect.stringContaining('never more')] } },
    })
  })
})

describe('writing down that it came', () => {
  test('more than is asked for, somebody else’s, and a page that is old are refused', async () => {
    const w = await directPayment(42_000)
    await assess(w, { ...NET, council: 'beside' })
    const payIn = await payInOf(w)
    const input = { personId: w.person.personId, payInId: payIn.id, amount: '60.00', open: '18000' }
    expect(await refusal(sayPaidIn(w.deps, w.person.actor, { ...input, amount: '180.01' }))).toMatchObject({
      code: 'INVALID',
      details: { fields: { amount: ['Only £180.00 is still to be paid in. Enter that or less'] } },
    })
    expect((await refusal(sayPaidIn(w.deps, w.person.actor, { ...input, open: '17000' }))).code).toBe(
      'STALE_STATE',
    )
    const other = await directPayment(42_000)
    expect((await refusal(sayPaidIn(w.deps, other.person.actor, input))).code).toBe('STALE_STATE')
    expect(
      (await refusal(sayPaidIn(w.deps, other.person.actor, { ...input, personId: other.person.personId })))
        .code,
    ).toBe('NOT_FOUND')
    expect(await faults()).toEqual([])
  })

  test('an account that somebody holds is theirs, or finance’s, to see', async () => {
    const w = await directPayment(42_000, 'direct_payment_managed_account')
    await assess(w, { ...NET, council: 'beside' })
    const payIn = await payInOf(w)
    const input = { personId: w.person.personId, payInId: payIn.id, amount: '60.00', open: '18000' }
    expect((await refusal(sayPaidIn(w.deps, w.person.actor, input))).code).toBe('REFUSED_BY_RULE')
    await recordPaidIn(w.deps, w.finance, w.person.personId, input)
    expect((await readBalances(w.deps.db.prisma, [payIn.id])).get(payIn.id)?.available).toBe(6_000)
    expect(
      await w.deps.db.prisma.notice.count({
        where: { personId: w.person.personId, kind: 'payment.contribution_paid_in' },
      }),
    ).toBe(1)
  })
})
