import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { moneyPage } from '#services/budgets/money-page.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { adviserSpendingPage } from '#services/purchases/adviser-spending-page.server.ts'
import { sayYes, withdrawPurchase } from '#services/purchases/answer-purchase.server.ts'
import { auditPurchase } from '#services/purchases/audit-purchase.server.ts'
import { councilPurchasePage } from '#services/purchases/council-purchase-page.server.ts'
import { councilPurchasesPage } from '#services/purchases/council-purchases-page.server.ts'
import { decidePurchase } from '#services/purchases/decide-purchase.server.ts'
import {
  giveEvidence,
  giveEvidenceByCouncil,
  readEvidence,
  takeEvidenceAway,
} from '#services/purchases/evidence.server.ts'
import { newAdviserPurchasePage } from '#services/purchases/new-purchase-page.server.ts'
import { setAside, setAsideAsAdviser } from '#services/purchases/order-purchase.server.ts'
import { recordPaid, recordPaidByCouncil } from '#services/purchases/pay-purchase.server.ts'
import { proposeAsAdviser, proposePurchase } from '#services/purchases/propose-purchase.server.ts'
import { purchaseLimitsPage, savePurchaseLimits } from '#services/purchases/purchase-limits.server.ts'
import { purchasePage } from '#services/purchases/purchase-page.server.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import { jpeg, pdf, png } from '#tests/factories/papers.ts'
import {
  actingFor,
  fundOf,
  makeBuyer,
  makeBuyersCouncil,
  ordered,
  washingMachine,
  type BuyersCouncil,
} from '#tests/factories/purchases.ts'
import { makeUser, userActor, type FundOptions, type TestPerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let council: BuyersCouncil
beforeAll(async () => {
  council = await makeBuyersCouncil(house().deps)
})
afterEach(async () => {
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})

/** Somebody with £300.00 that the adviser spends with them. */
const kyle = (fund: Partial<FundOptions> = {}): Promise<TestPerson> =>
  makeBuyer(
    house().deps,
    council.councilId,
    [
      {
        pence: 30_000,
        kind: 'employment',
        deployment: 'adviser_held',
        adviserUserId: council.adviserId,
        name: 'Work fund',
        ...fund,
      },
    ],
    'Get a job on a stall',
  )
const apron = (person: TestPerson, changes: Record<string, unknown> = {}) =>
  washingMachine(person, {
    what: 'An apron and a till course',
    seller: 'Market School',
    price: '80',
    category: 'learning_and_skills',
    outcome: 'Get a job on a stall',
    ...changes,
  })
const press = (person: TestPerson, purchaseId: string) => ({ personId: person.personId, purchaseId })
const on = { paidOn: '2026-11-02' }

describe('what a personal adviser spends with somebody', () => {
  test('both agree, its outcome is named, the adviser pays, and finance looks at it', async () => {
    const { deps } = house()
    const person = await kyle()
    const allocationId = person.allocationIds[0] ?? ''
    const page = await newAdviserPurchasePage(deps, council.adviser, allocationId)
    expect([page.outcomes, page.limit]).toEqual([
      ['Get a job on a stall'],
      expect.stringContaining('Up to £100.00 your yes is enough'),
    ])
    const none = await refusal(
      proposeAsAdviser(deps, council.adviser, { ...apron(person, { outcome: '' }), allocationId }),
    )
    expect(Object.keys(none.details.fields ?? {})).toEqual(['outcome'])

    const { purchaseId, state } = await proposeAsAdviser(deps, council.adviser, {
      ...apron(person),
      allocationId,
    })
    expect(state).toBe('proposed')
    // The adviser's yes alone moves nothing.
    expect((await refusal(setAsideAsAdviser(deps, council.adviser, { purchaseId }))).code).toBe('STALE_STATE')
    expect(await sayYes(deps, person.actor, press(person, purchaseId))).toBe('agreed')
    await setAsideAsAdviser(deps, council.adviser, { purchaseId })
    expect(await fundOf(deps, person)).toMatchObject({ available: 22_000, held: 8_000 })
    expect(
      (await refusal(recordPaid(deps, person.actor, { ...press(person, purchaseId), price: '80', ...on })))
        .code,
    ).toBe('FORBIDDEN')
    await recordPaidByCouncil(deps, council.adviser, { purchaseId, price: '79.50', ...on })
    expect(await fundOf(deps, person)).toEqual({ available: 22_050, held: 0, spent: 7_950 })
    const { statement } = await moneyPage(deps, person.actor, { month: 'all', page: null, holds: false })
    expect(statement.lines[0]?.what).toBe('An apron and a till course, Market School')

    const waiting = await adviserSpendingPage(deps, council.finance, { show: 'waiting', page: 1 })
    expect(waiting.purchases.find(({ id }) => id === purchaseId)).toMatchObject({
      outcome: 'Get a job on a stall',
      adviser: 'An adviser',
      pence: 7_950,
    })
    const flag = { purchaseId, seen: '', finding: 'flagged', note: 'Which days was the course?' }
    await auditPurchase(deps, council.finance, flag)
    // Somebody else looked at the page as it was before.
    expect(
      (await refusal(auditPurchase(deps, council.secondFinance, { ...flag, finding: 'in_order' }))).code,
    ).toBe('STALE_STATE')
    const told = await deps.db.prisma.notice.findFirst({
      where: { subjectId: purchaseId, kind: 'purchase.flagged' },
    })
    expect([told?.userId, told?.body]).toEqual([council.adviserId, 'Which days was the course?'])
    const { audit } = await councilPurchasePage(deps, council.secondFinance, purchaseId)
    await auditPurchase(deps, council.secondFinance, {
      purchaseId,
      seen: audit.seen,
      finding: 'in_order',
      note: 'Two Mondays.',
    })
    const shown = async (show: 'flagged' | 'looked_at' | 'sample') =>
      (await adviserSpendingPage(deps, council.finance, { show, page: 1 })).purchases.map(({ id }) => id)
    expect([await shown('flagged'), await shown('looked_at'), await shown('sample')]).toEqual([
      [],
      [purchaseId],
      [purchaseId],
    ])
  })

  test('above the adviser’s limit finance agrees, and whoever agreed does not look at it afterwards', async () => {
    const { deps } = house()
    const person = await kyle()
    const { purchaseId } = await proposePurchase(deps, person.actor, apron(person, { price: '100.01' }))
    expect(
      (await refusal(decidePurchase(deps, council.adviser, { purchaseId, decision: 'agree' }))).code,
    ).toBe('FORBIDDEN')
    const queue = async (actor: typeof council.finance) =>
      (await councilPurchasesPage(deps, actor, { show: 'waiting', page: 1 })).purchases.map(({ id }) => id)
    expect([await queue(council.adviser), await queue(council.finance)]).toEqual([[], [purchaseId]])
    expect(await decidePurchase(deps, council.finance, { purchaseId, decision: 'agree', reason: '' })).toBe(
      'agreed',
    )
    await setAside(deps, person.actor, press(person, purchaseId))
    await recordPaidByCouncil(deps, council.adviser, { purchaseId, price: '100.01', ...on })
    const finding = { purchaseId, seen: '', finding: 'in_order', note: '' }
    for (const actor of [council.finance, council.adviser])
      expect((await refusal(auditPurchase(deps, actor, finding))).code).toBe('FORBIDDEN')
    await auditPurchase(deps, council.secondFinance, finding)
  })

  test('the person says no to what the adviser put forward, and the adviser is told', async () => {
    const { deps } = house()
    const person = await kyle()
    const { purchaseId } = await proposeAsAdviser(deps, council.adviser, {
      ...apron(person),
      allocationId: person.allocationIds[0] ?? '',
    })
    await withdrawPurchase(deps, person.actor, press(person, purchaseId))
    const told = await deps.db.prisma.notice.findFirst({
      where: { subjectId: purchaseId, kind: 'purchase.withdrawn' },
    })
    expect(told?.userId).toBe(council.adviserId)
  })

  test('only the adviser named in the fund spends it; a fund of another kind is nobody’s to spend', async () => {
    const { deps } = house()
    const person = await kyle()
    const other = await makeBuyersCouncil(deps)
    const bank = await makeBuyer(deps, council.councilId, [{ pence: 30_000 }])
    for (const [actor, of] of [
      [other.adviser, person],
      [council.finance, person],
      [person.actor, person],
      [council.adviser, bank],
    ] as const) {
      const allocationId = of.allocationIds[0] ?? ''
      expect((await refusal(newAdviserPurchasePage(deps, actor, allocationId))).code).toBe('NOT_FOUND')
      expect((await refusal(proposeAsAdviser(deps, actor, { ...apron(of), allocationId }))).code).toBe(
        'NOT_FOUND',
      )
    }
    expect(
      (await refusal(adviserSpendingPage(deps, council.adviser, { show: 'waiting', page: 1 }))).code,
    ).toBe('NOT_FOUND')
  })

  test('a ceiling for each hour is held against one of several', async () => {
    const { deps } = house()
    const person = await kyle({ ceilingPence: 4_500, canBuy: 'what helps you into work' })
    const whole = await refusal(proposePurchase(deps, person.actor, apron(person)))
    expect(whole.publicMessage).toContain(
      'up to £45.00 for each hour, visit or item. This is £80.00 for each.',
    )
    expect((await proposePurchase(deps, person.actor, apron(person, { units: '2' }))).state).toBe('proposed')
  })
})

describe('the two sums of a council', () => {
  test('finance sets them; empty is none; bad amounts are refused beside their field', async () => {
    const { deps } = house()
    const { councilId, finance, adviser } = await makeBuyersCouncil(deps)
    const save = (changes: object, actor = finance) =>
      savePurchaseLimits(deps, actor, { councilId, atOnce: '150', adviser: '', ...changes })
    await save({})
    expect(await purchaseLimitsPage(deps, finance)).toMatchObject({ atOnce: '150.00', adviser: '' })
    for (const bad of ['-1', '12,50', '1.005', '9'.repeat(20)])
      expect(Object.keys((await refusal(save({ adviser: bad }))).details.fields ?? {})).toEqual(['adviser'])
    expect((await refusal(save({}, adviser))).code).toBe('NOT_FOUND')
    expect((await refusal(save({}, council.finance))).code).toBe('NOT_FOUND')
    expect((await refusal(save({}, { ...finance, secondStepFresh: false }))).code).toBe('SECOND_STEP')
  })
})

describe('receipts', () => {
  const bought = async (fund: Partial<FundOptions>, price = '389.00') => {
    const { deps } = house()
    const person = await makeBuyer(deps, council.councilId, [{ pence: 90_000, ...fund }])
    const purchaseId = await ordered(deps, council, person, { price })
    await recordPaid(deps, person.actor, { ...press(person, purchaseId), price, ...on })
    return { person, purchaseId, of: press(person, purchaseId) }
  }
  const file = (bytes: Uint8Array, name = 'receipt.png') => ({ name, bytes })

  test('are asked for only where the scheme says so', async () => {
    const { deps } = house()
    const [none, below, above] = [
      await bought({}),
      await bought({ receiptsOver: 40_000 }),
      await bought({ receiptsOver: 38_899 }),
    ]
    expect((await purchasePage(deps, none.person.actor, none.purchaseId)).asksForReceipt).toBe(false)
    for (const one of [none, below])
      expect(
        (await refusal(giveEvidence(deps, one.person.actor, { ...one.of, file: file(png()) }))).code,
      ).toBe('REFUSED_BY_RULE')
    await giveEvidence(deps, above.person.actor, { ...above.of, file: file(png()) })
    expect((await purchasePage(deps, above.person.actor, above.purchaseId)).papers).toHaveLength(1)
  })

  test('are known by their content: what lies about its type, is not whole or is nothing is refused', async () => {
    const { deps } = house()
    const { person, of } = await bought({ receiptsOver: 0 })
    for (const [bytes, words] of [
      [new TextEncoder().encode('<html>receipt</html>'), 'no PDF, JPEG or PNG inside'],
      [png().slice(0, -6), 'its end is missing'],
      [pdf().slice(0, 30), 'its end is missing'],
      [jpeg().slice(0, -2), 'its end is missing'],
      [new Uint8Array(5_242_881), 'larger than 5 MB'],
      [new Uint8Array(), 'Choose the file'],
    ] as const) {
      const error = await refusal(giveEvidence(deps, person.actor, { ...of, file: file(bytes) }))
      expect([error.code, error.details.fields?.['file']?.[0]]).toEqual([
        'INVALID',
        expect.stringContaining(words),
      ])
    }
    expect((await refusal(giveEvidence(deps, person.actor, { ...of, file: null }))).code).toBe('INVALID')
    await giveEvidence(deps, person.actor, { ...of, file: file(pdf(), 'photo.png') })
    const kept = await deps.db.prisma.evidence.findFirstOrThrow({ where: { purchaseId: of.purchaseId } })
    expect([kept.mime, kept.name]).toEqual(['application/pdf', 'photo.pdf'])
  })

  test('are read by the person, supporters who see the money, and their council; by nobody else', async () => {
    const { deps } = house()
    const { person, of } = await bought({ receiptsOver: 0 })
    await giveEvidence(deps, person.actor, { ...of, file: file(jpeg()) })
    const { id } = await deps.db.prisma.evidence.findFirstOrThrow({ where: { purchaseId: of.purchaseId } })
    const supporter = userActor(await makeUser(deps))
    const authority = await makeAuthority(deps, {
      personId: person.personId,
      supporterUserId: supporter.userId,
    })
    for (const actor of [
      person.actor,
      actingFor(supporter, person, ['see_money'], authority),
      council.adviser,
      council.finance,
    ])
      expect(Uint8Array.from((await readEvidence(deps, actor, id)).bytes)).toEqual(jpeg())
    const elsewhere = await makeBuyersCouncil(deps)
    const stranger = await makeBuyer(deps, council.councilId, [{ pence: 1 }])
    for (const actor of [
      stranger.actor,
      supporter,
      actingFor(supporter, person, ['book', 'see_plan'], authority),
      elsewhere.adviser,
      { ...council.adviser, secondStep: false },
    ])
      expect((await refusal(readEvidence(deps, actor, id))).code).toBe('NOT_FOUND')
    for (const none of [newId(), 'none'])
      expect((await refusal(readEvidence(deps, person.actor, none))).code).toBe('NOT_FOUND')
    expect((await refusal(readEvidence(deps, { kind: 'anonymous' }, id))).code).toBe('SIGN_IN')
    const opened = await deps.db.prisma.auditEvent.count({
      where: { action: 'evidence.opened', subjectId: of.purchaseId },
    })
    expect(opened).toBe(2)
    // Somebody else's purchase does not lead to it either, and what was sent by mistake goes for good.
    const other = await bought({ receiptsOver: 0 })
    const take = (actor: typeof person.actor, which: typeof of) =>
      takeEvidenceAway(deps, actor, { ...which, evidenceId: id })
    expect((await refusal(take(other.person.actor, other.of))).code).toBe('NOT_FOUND')
    await take(person.actor, of)
    expect((await refusal(readEvidence(deps, person.actor, id))).code).toBe('NOT_FOUND')
  })

  test('of what the council’s side paid come from whoever paid; five for one purchase at most', async () => {
    const { deps } = house()
    const person = await kyle({ receiptsOver: 0 })
    const { purchaseId } = await proposeAsAdviser(deps, council.adviser, {
      ...apron(person),
      allocationId: person.allocationIds[0] ?? '',
    })
    await sayYes(deps, person.actor, press(person, purchaseId))
    await setAsideAsAdviser(deps, council.adviser, { purchaseId })
    await recordPaidByCouncil(deps, council.adviser, { purchaseId, price: '80', ...on })
    const give = () => giveEvidenceByCouncil(deps, council.adviser, { purchaseId, file: file(png()) })
    for (let n = 0; n < 5; n += 1) await give()
    expect((await refusal(give())).code).toBe('REFUSED_BY_RULE')
    const elsewhere = await makeBuyersCouncil(deps)
    expect(
      (await refusal(giveEvidenceByCouncil(deps, elsewhere.adviser, { purchaseId, file: file(png()) }))).code,
    ).toBe('NOT_FOUND')
  })
})
