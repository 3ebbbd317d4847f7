import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountPage } from '#services/holding/account-page.server.ts'
import { accountsCsv, accountsPage } from '#services/holding/accounts-page.server.ts'
import { closeBreach } from '#services/holding/close-breach.server.ts'
import { giveBackFees, takeFees } from '#services/holding/fees.server.ts'
import { findBreaches } from '#services/holding/find-breaches.server.ts'
import { checkAgreement, fundHeldPage, fundsHeldPage } from '#services/holding/funds-held-page.server.ts'
import { heldFundPage } from '#services/holding/held-fund-page.server.ts'
import { instructPayment } from '#services/holding/instruct.server.ts'
import { answerMessage, askHolder } from '#services/holding/messages.server.ts'
import { payForPerson } from '#services/holding/pay-for-person.server.ts'
import { saveAgreement } from '#services/holding/save-agreement.server.ts'
import { holderStatementPage, personStatementPage } from '#services/holding/statement-page.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { markSent, startPayments } from '#services/settlement/payments.server.ts'
import { makeCouncil, makeProvider, userActor } from '#tests/factories/world.ts'
import { type AgreementOptions, type HeldWorld, makeHeldWorld, oweFor } from '#tests/factories/held.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
afterEach(async () => {
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})

const fund = (agreement: AgreementOptions | null = {}, pence?: number) =>
  makeHeldWorld(house(), 'individual_service_fund', { agreement, ...(pence === undefined ? {} : { pence }) })

const GIVEN = {
  startsOn: '2026-11-02',
  endsOn: '',
  reviewDueOn: '2027-05-01',
  insuranceEndsOn: '',
  fee: '4.50',
  feeFrom: '',
  feeWords: 'For paying the bills.',
  mostAtOnce: '60',
  terms: 'Help at home and swimming.',
  ownServices: '',
  agreedWords: 'At the kitchen table, with her brother.',
}
const save = (h: HeldWorld, changes: object = {}, actor: Actor = h.adviser) =>
  saveAgreement(h.deps, actor, h.allocationId, { ...GIVEN, ...changes })
const feesTaken = async (h: HeldWorld) =>
  (
    await h.deps.db.prisma.fundFee.findMany({
      where: { agreement: { allocationId: h.allocationId } },
      orderBy: { weekStartsOn: 'asc' },
    })
  ).map(({ weekStartsOn, pence }) => [weekStartsOn.toISOString().slice(0, 10), pence])
const kinds = async (h: HeldWorld, open = true) =>
  (
    await h.deps.db.prisma.agreementBreach.findMany({
      where: { agreement: { allocationId: h.allocationId }, ...(open ? { closedAt: null } : {}) },
      orderBy: { kind: 'asc' },
    })
  ).map(({ kind }) => kind)
/** What a careless holder's own system might do, past the pages. */
const payPast = async (h: HeldWorld, payableIds: string[], providerId = h.w.provider.providerId) =>
  h.deps.db.tx(async (tx) => {
    const [payment] = await startPayments(tx, h.deps.clock.now(), system('test'), [
      {
        method: 'fund_holder',
        payer: { kind: 'fund_holder', id: h.holderId },
        providerId,
        personId: h.personId,
        payableIds,
      },
    ])
    await markSent(tx, h.deps.clock.now(), system('test'), [payment?.id ?? ''])
  })

describe('an agreement', () => {
  test('is written down by the council with the person, who is told and reads it in plain words', async () => {
    const h = await fund(null)
    await save(h)
    await save(h, { mostAtOnce: '80', agreedWords: 'By telephone.' })
    const page = await heldFundPage(h.deps, h.person, h.allocationId)
    expect(page.agreement).toEqual(
      expect.arrayContaining([
        { term: 'At most', value: '£80.00 for one payment; above that Ada is asked' },
        {
          term: 'Fee',
          value:
            '£4.50 a week. It is taken after each week and shown in the statement. For paying the bills.',
        },
        { term: 'Looked at again by', value: '1 May 2027' },
      ]),
    )
    expect(
      await h.deps.db.prisma.notice.count({ where: { personId: h.personId, kind: 'payment.agreement' } }),
    ).toBe(2)
    expect(await checkAgreement(h.deps, h.adviser, h.allocationId, GIVEN)).toEqual(
      expect.arrayContaining([{ term: 'The fee is so from', value: '9 November 2026' }]),
    )
  })

  test('with something that cannot be meant is refused beside its field, and nothing is written', async () => {
    const [h, managed] = [
      await fund(null),
      await makeHeldWorld(house(), 'direct_payment_managed_account', { agreement: null }),
    ]
    const fieldOf = async (of: HeldWorld, changes: object): Promise<unknown> => {
      const thrown: unknown = await save(of, changes).catch((error: unknown) => error)
      const { details, issues } = thrown as { details?: { fields?: object }; issues?: { path: string[] }[] }
      return details?.fields ? Object.keys(details.fields)[0] : issues?.[0]?.path[0]
    }
    expect(await fieldOf(managed, {})).toBe('fee')
    for (const [field, value] of [
      ['feeFrom', '2026-11-10'],
      ['feeFrom', '2026-10-26'],
      ['endsOn', '2026-11-01'],
      ['fee', '4.505'],
      ['fee', '-4'],
      ['mostAtOnce', '9'.repeat(20)],
      ['mostAtOnce', '0'],
      ['startsOn', '2026-02-30'],
      ['startsOn', ''],
      ['agreedWords', ' '],
    ] as const)
      expect([value, await fieldOf(h, { [field]: value })]).toEqual([value, field])
    expect(
      await h.deps.db.prisma.fundAgreement.count({
        where: { allocationId: { in: [h.allocationId, managed.allocationId] } },
      }),
    ).toBe(0)
  })

  test('is written by advisers and finance of this council alone, after the second step', async () => {
    const h = await fund(null)
    const elsewhere = await h.staff('adviser', await makeCouncil(h.deps))
    for (const actor of [
      elsewhere,
      h.holder,
      h.person,
      h.w.provider.owner,
      userActor(newId(), { operator: true }),
    ])
      await expect(save(h, {}, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(save(h, {}, { ...h.adviser, secondStepFresh: false })).rejects.toMatchObject({
      code: 'SECOND_STEP',
    })
    await save(h, {}, await h.staff('finance'))
    expect((await fundsHeldPage(h.deps, h.adviser, { page: null })).lines).toMatchObject([
      { missing: false, open: 0 },
    ])
    await expect(fundHeldPage(h.deps, elsewhere, h.allocationId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the management fee', () => {
  test('is taken for whole weeks that are over, once, as agreed, and shows in the statement', async () => {
    const h = await fund({ startsOn: '2026-10-21', feeRates: [{ from: '2026-10-26', pence: 450 }] })
    await takeFees(h.deps)
    house().clock.set('2026-11-17T10:00:00Z')
    await Promise.all([takeFees(h.deps), takeFees(h.deps)])
    await takeFees(h.deps)
    expect(await feesTaken(h)).toEqual([
      ['2026-10-26', 450],
      ['2026-11-02', 450],
      ['2026-11-09', 450],
    ])
    const { statement } = await personStatementPage(h.deps, h.person, h.allocationId, {
      month: '2026-11',
      from: null,
      until: null,
    })
    expect(statement.lines.filter(({ what }) => what === 'Management fee, A provider')).toHaveLength(3)
    expect(statement).toMatchObject({ in: 48_000, out: 1_350, closing: 46_650 })
    expect(
      await holderStatementPage(h.deps, h.holder, h.allocationId, {
        month: '2026-11',
        from: null,
        until: null,
      }),
    ).toMatchObject({ statement })
  })

  test('waits when what is free does not reach for it, and leaves what is set aside alone', async () => {
    const h = await fund({ startsOn: '2026-10-05', feeRates: [{ from: '2026-10-05', pence: 20_000 }] })
    await takeFees(h.deps)
    expect(await feesTaken(h)).toEqual([
      ['2026-10-05', 20_000],
      ['2026-10-12', 20_000],
    ])
  })

  test('agreed lower from an earlier week is a breach until the holder has given back what was too much', async () => {
    const h = await fund({ startsOn: '2026-10-05', feeRates: [{ from: '2026-10-05', pence: 450 }] })
    await takeFees(h.deps)
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual([])
    await expect(save(h, { startsOn: '2026-10-05', fee: '5', feeFrom: '2026-10-19' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await save(h, { startsOn: '2026-10-05', fee: '3', feeFrom: '2026-10-19' })
    await findBreaches(h.deps)
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual(['fee_above_agreed'])
    expect((await accountPage(h.deps, h.holder, h.allocationId)).giveBack).toBe(300)
    const back = (expectedPence: string, actor: Actor = h.holder) =>
      giveBackFees(h.deps, actor, { allocationId: h.allocationId, expectedPence })
    await expect(back('299')).rejects.toMatchObject({ code: 'STALE_STATE' })
    await expect(back('300', h.person)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await back('300')
    await expect(back('300')).rejects.toMatchObject({ code: 'STALE_STATE' })
    const { statement } = await personStatementPage(h.deps, h.person, h.allocationId, {
      month: '2026-11',
      from: null,
      until: null,
    })
    expect(statement.lines.map(({ what }) => what)).toContain(
      'Money back: Management fee given back, A provider',
    )
    expect(statement.closing).toBe(48_000 - 4 * 450 + 300)
    const [open] = (await fundHeldPage(h.deps, h.adviser, h.allocationId)).breaches
    const close = { allocationId: h.allocationId, breachId: open?.id ?? '', why: 'Given back in full.' }
    await closeBreach(h.deps, h.adviser, close)
    await expect(closeBreach(h.deps, h.adviser, close)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual([])
  })
})

describe('a breach of what was agreed', () => {
  test('paid without asking: above the limit of a fund, or anything from a managed account', async () => {
    const dear = await fund({ mostAtOncePence: 2_000 })
    await payPast(dear, await oweFor(house(), dear, ['2026-11-09']))
    house().clock.set(TEST_NOW)
    const managed = await makeHeldWorld(house(), 'direct_payment_managed_account')
    await payPast(managed, await oweFor(house(), managed, ['2026-11-09']))
    await findBreaches(dear.deps)
    await findBreaches(dear.deps)
    expect([await kinds(dear), await kinds(managed)]).toEqual([
      ['spent_without_asking'],
      ['spent_without_asking'],
    ])
    const page = await heldFundPage(dear.deps, dear.person, dear.allocationId)
    expect(page.breaches).toMatchObject([
      {
        words: 'A provider paid £27.50 to A provider on Monday 9 November 2026, and nobody was asked.',
        closed: null,
      },
    ])
    for (const to of [
      { personId: dear.personId },
      { providerId: dear.holderId },
      { councilId: dear.w.councilId },
    ])
      expect(
        await dear.deps.db.prisma.notice.count({ where: { ...to, kind: { endsWith: '.breach' } } }),
      ).toBe(1)
    expect((await fundsHeldPage(dear.deps, dear.adviser, { page: null })).open).toBe(1)
  })

  test('paid later than 14 days; once closed, only what is late from then on counts', async () => {
    const h = await fund()
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-12'])
    house().clock.set('2026-11-27T10:00:00Z')
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual(['paid_late'])
    await payForPerson(h.deps, h.holder, {
      allocationId: h.allocationId,
      payableIds: ids,
      expectedPence: '5500',
    })
    const [open] = (await fundHeldPage(h.deps, h.adviser, h.allocationId)).breaches
    await closeBreach(h.deps, h.adviser, {
      allocationId: h.allocationId,
      breachId: open?.id ?? '',
      why: 'Their bookkeeper was ill.',
    })
    house().clock.set('2026-12-20T10:00:00Z')
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual([])
    expect((await heldFundPage(h.deps, h.person, h.allocationId)).breaches).toMatchObject([
      { closed: { why: 'Their bookkeeper was ill.' } },
    ])
  })

  test('a managed account is late from the person’s word on, not before', async () => {
    const h = await makeHeldWorld(house(), 'direct_payment_managed_account')
    const ids = await oweFor(house(), h, ['2026-11-09'])
    house().clock.set('2026-12-01T10:00:00Z')
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual([])
    await instructPayment(h.deps, h.person, {
      personId: h.personId,
      allocationId: h.allocationId,
      payableIds: ids,
      expectedPence: '2750',
    })
    house().clock.set('2026-12-16T11:00:00Z')
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual(['paid_late'])
  })

  test('the holder’s own service that nobody was told of, and payments after the agreement has ended', async () => {
    const h = await fund({ endsOn: '2026-11-08' })
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await payPast(h, ids)
    await findBreaches(h.deps)
    expect(await kinds(h)).toEqual(['ended'])
    // Its own visits, settled to itself.
    for (const ownServices of ['', 'Help at home by its own people.']) {
      house().clock.set(TEST_NOW)
      const own = await fund({ ownServices })
      const [id] = await oweFor(house(), own, ['2026-11-09'])
      await own.deps.db.prisma.fundAgreement.update({
        where: { id: own.agreementId },
        data: { holderProviderId: own.w.provider.providerId },
      })
      await own.deps.db.prisma.allocation.update({
        where: { id: own.allocationId },
        data: { holderProviderId: own.w.provider.providerId },
      })
      await house().asOwner('update payable set payer_id = provider_id where id = $1', [id])
      await house().asOwner(
        `update ledger_account set key = 'due:fund_holder:' || provider_id || ':' || provider_id, payer_id = provider_id where kind = 'due' and payer_id = $1`,
        [own.holderId],
      )
      const holder = own.w.provider.owner
      await payForPerson(own.deps, holder, {
        allocationId: own.allocationId,
        payableIds: [id ?? ''],
        expectedPence: '2750',
      })
      const notice = await own.deps.db.prisma.notice.findFirst({
        where: { personId: own.personId, kind: 'payment.held_sent' },
      })
      expect(notice?.body).toContain('it is its own service')
      await findBreaches(own.deps)
      expect(await kinds(own)).toEqual(ownServices ? [] : ['own_service_not_told'])
    }
  })
})

describe('the caseload', () => {
  test('puts first what waits longest, says what there is, and can be kept as a file', async () => {
    const h = await makeHeldWorld(house(), 'direct_payment_managed_account', {
      agreement: { reviewDueOn: '2026-12-01', insuranceEndsOn: '2026-11-20' },
    })
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    await instructPayment(h.deps, h.person, {
      personId: h.personId,
      allocationId: h.allocationId,
      payableIds: ids.slice(0, 1),
      expectedPence: '2750',
    })
    await askHolder(h.deps, h.person, {
      personId: h.personId,
      allocationId: h.allocationId,
      words: '=1+1 Has the water bill come?',
    })
    await expect(
      askHolder(h.deps, h.person, { personId: h.personId, allocationId: h.allocationId, words: '' }),
    ).rejects.toHaveProperty('issues')
    house().clock.set('2026-11-23T10:00:00Z')
    const page = await accountsPage(h.deps, h.holder, { org: null, show: null, page: null })
    expect(page.lines).toMatchObject([
      { person: 'Ada Test', cash: 48_000, free: 42_500, owed: 5_500, toPay: 2_750, payInOwed: 0 },
    ])
    expect(page.lines[0]?.needs.map(({ words }) => words)).toEqual([
      '1 request to pay and 1 message waiting, the oldest for 13 days',
      '£27.50 to pay',
      'Insurance ended 3 days ago',
      'Review is due in 8 days',
    ])
    expect((await accountsPage(h.deps, h.holder, { org: null, show: 'breach', page: null })).lines).toEqual(
      [],
    )
    await expect(accountsPage(h.deps, h.holder, { org: null, show: 'x', page: null })).rejects.toMatchObject({
      code: 'INVALID',
    })
    expect((await accountsCsv(h.deps, h.holder, { org: null, show: null })).csv).toContain(
      '"Ada Test","Social care budget",480.00,425.00',
    )
    const [message] = (await accountPage(h.deps, h.holder, h.allocationId)).messages
    const reply = { allocationId: h.allocationId, messageId: message?.id ?? '', answer: 'It came on Friday.' }
    await expect(answerMessage(h.deps, (await makeProvider(h.deps)).owner, reply)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await answerMessage(h.deps, h.holder, reply)
    await expect(answerMessage(h.deps, h.holder, reply)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await heldFundPage(h.deps, h.person, h.allocationId)).messages).toMatchObject([
      { answer: 'It came on Friday.' },
    ])
    await expect(accountsPage(h.deps, h.worker, { org: null, show: null, page: null })).rejects.toMatchObject(
      { code: 'FORBIDDEN' },
    )
    await expect(accountsPage(h.deps, h.person, { org: null, show: null, page: null })).rejects.toMatchObject(
      { code: 'NOT_FOUND' },
    )
  })

  test('says what the person was to pay in and did not', async () => {
    const h = await makeHeldWorld(house(), 'direct_payment_managed_account')
    const { budgetId, streamId } = await h.deps.db.prisma.allocation.findUniqueOrThrow({
      where: { id: h.allocationId },
    })
    const day = (iso: string) => new Date(`${iso}T00:00:00Z`)
    await h.deps.db.prisma.allocation.create({
      data: {
        budgetId,
        streamId,
        personId: h.personId,
        deployment: 'direct_payment_managed_account',
        holderProviderId: h.holderId,
        towardsId: h.allocationId,
        agreedPence: 12_000n,
        cadence: 'four_weekly',
        instalmentPence: 6_000,
        startsOn: day('2026-10-01'),
        endsOn: day('2027-03-31'),
        instalments: {
          create: [
            {
              number: 1,
              dueOn: day('2026-10-05'),
              pence: 6_000,
              arrivedAt: day('2026-10-06'),
              arrivedPence: 5_500,
            },
            { number: 2, dueOn: day('2026-11-02'), pence: 6_000 },
            { number: 3, dueOn: day('2026-11-30'), pence: 6_000 },
          ],
        },
      },
    })
    const { lines } = await accountsPage(h.deps, h.holder, { org: null, show: 'owed', page: null })
    expect(lines).toMatchObject([{ allocationId: h.allocationId, payInOwed: 6_500 }])
  })
})

test('a statement of a period opens with what there was and closes to the penny', async () => {
  const h = await fund()
  await oweFor(house(), h, ['2026-11-09', '2026-12-02'])
  house().clock.set('2026-12-03T10:00:00Z')
  const of = async (query: object) =>
    (
      await personStatementPage(h.deps, h.person, h.allocationId, {
        month: null,
        from: null,
        until: null,
        ...query,
      })
    ).statement
  expect(await of({ month: '2026-11' })).toMatchObject({ opening: 0, in: 48_000, out: 0, closing: 48_000 })
  expect(await of({ month: '2026-12' })).toMatchObject({
    opening: 48_000,
    in: 0,
    out: 5_500,
    closing: 42_500,
  })
  expect(await of({ from: '2026-11-02', until: '2026-12-31' })).toMatchObject({
    opening: 0,
    in: 48_000,
    out: 5_500,
    closing: 42_500,
    words: '2 November 2026 to 31 December 2026',
  })
  for (const query of [
    { from: '2026-12-02' },
    { from: '2026-12-02', until: '2026-12-01' },
    { from: '2024-12-02', until: '2026-12-01' },
    { from: '2026-02-30', until: '2026-12-01' },
    { month: '2026-13' },
  ])
    await expect(of(query)).rejects.toMatchObject({ code: 'INVALID' })
})
