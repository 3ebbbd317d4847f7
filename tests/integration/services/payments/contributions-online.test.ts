import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ZodError } from 'zod'
import { raiseDispute } from '#services/contributions/dispute.server.ts'
import type { Scope } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { announceDebits, collectDebits } from '#services/payments/collect-debits.server.ts'
import { councilAccounts, setUpCouncilAccount } from '#services/payments/council-account.server.ts'
import { debitCameBack, endDebit, setUpDebit, waysToPay } from '#services/payments/direct-debit.server.ts'
import { handleWebhook } from '#services/payments/handle-webhook.server.ts'
import { contributionCameBack, payContributionByCard } from '#services/payments/pay-contribution.server.ts'
import { deliverSandboxEvents } from '#services/payments/receive-webhook.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  type PayingWorld,
  assess,
  makePayingWorld,
  owes,
  settledHours,
} from '#tests/factories/contributions.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { withSandbox } from '#tests/support/payments-sandbox.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let deps: Deps
let sandbox: NonNullable<Deps['payments']['sandbox']>
beforeAll(() => {
  ;({ deps, sandbox } = withSandbox(house()))
})
beforeEach(() => house().clock.set(TEST_NOW))
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const last = (address: string): string => address.slice(address.lastIndexOf('/') + 1)
const idIn = (address: string | null): string => /=([0-9a-f-]{36})/.exec(address ?? '')?.[1] ?? ''

/** Brings the sandbox's events in and handles them. */
async function told(): Promise<string[]> {
  await deliverSandboxEvents(deps)
  const open = await deps.db.prisma.webhookEvent.findMany({
    where: { handledAt: null },
    orderBy: { externalId: 'asc' },
    take: 100,
  })
  const outcomes: string[] = []
  for (const { id } of open) outcomes.push(await handleWebhook(deps, id))
  return outcomes
}

const financeOf = async (w: PayingWorld) =>
  userActor(await makeUser(w.deps, 'Finance'), { staff: [{ councilId: w.councilId, roles: ['finance'] }] })

/** £53.00 is owed for two weeks, to a council whose account at the payment service takes cards and Direct Debits. */
async function owing({ account = true } = {}): Promise<PayingWorld> {
  house().clock.set(TEST_NOW)
  const w = await makePayingWorld(house().deps)
  await assess(w)
  await settledHours(house(), w, ['2026-11-09', '2026-11-16'])
  house().clock.set('2026-11-26T10:00:00Z')
  if (account) {
    const finance = await financeOf(w)
    await setUpCouncilAccount(deps, finance, w.councilId)
    const { externalId } = await deps.db.prisma.connectedAccount.findUniqueOrThrow({
      where: { councilId: w.councilId },
    })
    await sandbox.setAccount(externalId, 'ready')
    await told()
  }
  return w
}
const payments = (w: PayingWorld) =>
  deps.db.prisma.contributionPayment.findMany({
    where: { personId: w.person.personId },
    orderBy: { id: 'asc' },
  })
const states = async (w: PayingWorld) =>
  (await payments(w)).map(({ method, state, pence }) => `${method} ${state} ${String(pence)}`)
const supporter = async (w: PayingWorld, scopes: Scope[]) =>
  userActor(await makeUser(w.deps), {
    actingFor: {
      personId: w.person.personId,
      personName: 'Ada',
      authorityId: newId(),
      type: 'informal',
      scopes,
      organisationName: null,
    },
  })

describe('the council’s own account', () => {
  test('is opened once by finance, and stands as the payment service says', async () => {
    const w = await owing({ account: false })
    const finance = await financeOf(w)
    expect(await councilAccounts(deps, finance, null)).toMatchObject([{ status: 'new' }])
    await setUpCouncilAccount(deps, finance, w.councilId)
    await setUpCouncilAccount(deps, finance, w.councilId)
    const rows = await deps.db.prisma.connectedAccount.findMany({ where: { councilId: w.councilId } })
    expect(rows).toHaveLength(1)
    await sandbox.setAccount(rows[0]?.externalId ?? '', 'ready')
    expect(await councilAccounts(deps, finance, w.councilId)).toMatchObject([{ status: 'ready' }])
    expect(await waysToPay(deps, w.person.actor)).toMatchObject({ takes: true, debit: null, open: null })
  })

  test('is nobody else’s to open', async () => {
    const [w, other] = [await owing({ account: false }), await owing({ account: false })]
    expect(await refusal(setUpCouncilAccount(deps, await financeOf(other), w.councilId))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refusal(setUpCouncilAccount(deps, w.person.actor, w.councilId))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('by card', () => {
  const pay = (w: PayingWorld, cardAmount: string) =>
    payContributionByCard(deps, w.person.actor, { personId: w.person.personId, cardAmount })

  test('what is paid on the page has arrived: by the event, or when the person comes back, once', async () => {
    const w = await owing()
    const page = await pay(w, '20.00')
    expect((await waysToPay(deps, w.person.actor)).open).toMatchObject({ pence: 2_000 })
    const back = await sandbox.leavePage(last(page), true)
    expect(await contributionCameBack(deps, w.person.actor, idIn(back))).toBe('confirmed')
    expect(await told()).not.toContain('unknown object')
    expect(await states(w)).toEqual(['card confirmed 2000'])
    expect(await owes(w)).toBe(3_300)
    expect(await faults()).toEqual([])
  })

  test('a page that is left takes nothing, and another amount closes it', async () => {
    const w = await owing()
    const first = await pay(w, '20.00')
    const back = await sandbox.leavePage(last(first), false)
    expect(await contributionCameBack(deps, w.person.actor, idIn(back))).toMatch(/needs_you|cancelled/)
    const second = await pay(w, '53.00')
    await sandbox.leavePage(last(second), true)
    await told()
    expect(await states(w)).toEqual(['card cancelled 2000', 'card confirmed 5300'])
    expect(await owes(w)).toBe(0)
    expect(await faults()).toEqual([])
  })

  test.each(['53.01', '0.29', '0', '-5', '1.234', '12,50', '99999999999999999999', ''])(
    '“%s” is refused beside its field, and nothing is begun',
    async (amount) => {
      const w = await owing()
      const error = await refusal(pay(w, amount))
      const named =
        error instanceof ZodError
          ? error.issues.map(({ path }) => path[0])
          : Object.keys(error.details.fields ?? {})
      expect(named).toEqual(['cardAmount'])
      expect(await states(w)).toEqual([])
    },
  )

  test('not without the council’s account, not by strangers, not by a supporter who may only see', async () => {
    const [w, other] = [await owing({ account: false }), await owing()]
    expect(await refusal(pay(w, '1.00'))).toMatchObject({ code: 'REFUSED_BY_RULE' })
    const input = { personId: other.person.personId, cardAmount: '1.00' }
    expect(await refusal(payContributionByCard(deps, w.person.actor, input))).toMatchObject({
      code: 'STALE_STATE',
    })
    const sees = await supporter(other, ['see_money'])
    expect(await refusal(payContributionByCard(deps, sees, input))).toMatchObject({ code: 'FORBIDDEN' })
    await pay(other, '1.00')
    const [begun] = await payments(other)
    expect(await refusal(contributionCameBack(deps, w.person.actor, begun?.id ?? ''))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('what the payer’s bank takes back is owed again', async () => {
    const w = await owing()
    const back = await sandbox.leavePage(last(await pay(w, '53.00')), true)
    await contributionCameBack(deps, w.person.actor, idIn(back))
    await told()
    const [paid] = await payments(w)
    const dispute = await sandbox.dispute(paid?.externalId ?? '', 'not_recognised')
    await told()
    expect(await states(w)).toEqual(['card confirmed 5300'])
    await sandbox.closeDispute(dispute?.dispute ?? '', false)
    await told()
    expect(await states(w)).toEqual(['card returned 5300'])
    expect(await owes(w)).toBe(5_300)
    expect(await faults()).toEqual([])
  })
})

describe('by Direct Debit', () => {
  async function withDebit(): Promise<PayingWorld> {
    const w = await owing()
    const page = await setUpDebit(deps, w.person.actor, w.person.personId)
    const back = await sandbox.leavePage(last(page), true)
    expect(await debitCameBack(deps, w.person.actor, idIn(back))).toBe(true)
    await told()
    return w
  }
  test('is set up on the service’s page, once', async () => {
    const w = await withDebit()
    expect((await waysToPay(deps, w.person.actor)).debit).not.toBeNull()
    expect(await refusal(setUpDebit(deps, w.person.actor, w.person.personId))).toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('the amount and the day are told five working days before, and it is collected then, once', async () => {
    const w = await withDebit()
    await announceDebits(deps)
    await announceDebits(deps)
    expect(await states(w)).toEqual(['direct_debit started 5300'])
    const [one] = await payments(w)
    // Thursday 26 November: Friday is the first of the five.
    expect(one?.onDay?.toISOString().slice(0, 10)).toBe('2026-12-03')
    const notices = await deps.db.prisma.notice.findMany({ where: { subjectId: one?.id ?? '' } })
    expect(notices.map(({ title }) => title)).toEqual(['£53.00 is collected on Thursday 3 December 2026'])
    await collectDebits(deps)
    expect(await states(w)).toEqual(['direct_debit started 5300'])
    await sandbox.plan({ kind: 'wait' })
    house().clock.set('2026-12-03T07:00:00Z')
    await collectDebits(deps)
    await collectDebits(deps)
    expect(await states(w)).toEqual(['direct_debit sent 5300'])
    const [sent] = await payments(w)
    await sandbox.settle(sent?.externalId ?? '', 'confirmed')
    await told()
    expect(await states(w)).toEqual(['direct_debit confirmed 5300'])
    expect(await owes(w)).toBe(0)
    // The Direct Debit Guarantee: the bank takes it back at any time.
    await sandbox.dispute(sent?.externalId ?? '', 'debit_taken_back')
    await told()
    expect(await states(w)).toEqual(['direct_debit returned 5300'])
    expect(await owes(w)).toBe(5_300)
    expect(await faults()).toEqual([])
  })

  test('no answer leaves it as it was, and the next run takes it once', async () => {
    const w = await withDebit()
    await announceDebits(deps)
    house().clock.set('2026-12-03T07:00:00Z')
    await sandbox.plan({ kind: 'lost_answer' })
    await collectDebits(deps)
    expect(await states(w)).toEqual(['direct_debit started 5300'])
    house().clock.set('2026-12-04T07:00:00Z')
    await collectDebits(deps)
    await collectDebits(deps)
    const [sent] = await payments(w)
    await sandbox.settle(sent?.externalId ?? '', 'confirmed')
    await told()
    expect(await states(w)).toEqual(['direct_debit confirmed 5300'])
    expect(await owes(w)).toBe(0)
    expect(await faults()).toEqual([])
  })

  test('what the person says is wrong before the day is not collected', async () => {
    const w = await withDebit()
    await announceDebits(deps)
    await raiseDispute(deps, w.person.actor, {
      personId: w.person.personId,
      week: '2026-11-09',
      reason: 'Nobody came.',
    })
    house().clock.set('2026-12-03T07:00:00Z')
    await collectDebits(deps)
    expect(await states(w)).toEqual(['direct_debit cancelled 5300'])
    // What is not questioned is told anew.
    await announceDebits(deps)
    expect(await states(w)).toEqual(['direct_debit cancelled 5300', 'direct_debit started 2650'])
  })

  test('a refusal is told, and is collected again only after it was told again', async () => {
    const w = await withDebit()
    await announceDebits(deps)
    house().clock.set('2026-12-03T07:00:00Z')
    await sandbox.plan({ kind: 'decline', reason: 'not_enough_money' })
    await collectDebits(deps)
    await told()
    expect(await states(w)).toEqual(['direct_debit failed 5300'])
    expect(await owes(w)).toBe(5_300)
  })

  test('that is ended calls off what was announced, and nothing more is collected', async () => {
    const w = await withDebit()
    await announceDebits(deps)
    await endDebit(deps, w.person.actor, w.person.personId)
    await told()
    house().clock.set('2026-12-03T07:00:00Z')
    await announceDebits(deps)
    await collectDebits(deps)
    expect(await states(w)).toEqual(['direct_debit cancelled 5300'])
    expect((await waysToPay(deps, w.person.actor)).debit).toBeNull()
    expect(await refusal(endDebit(deps, w.person.actor, w.person.personId))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('can be ended, and tells of nothing new, while the council’s account takes no payments', async () => {
    const w = await withDebit()
    const { externalId } = await deps.db.prisma.connectedAccount.findUniqueOrThrow({
      where: { councilId: w.councilId },
    })
    await sandbox.setAccount(externalId, 'paused')
    await told()
    await announceDebits(deps)
    expect(await states(w)).toEqual([])
    await endDebit(deps, w.person.actor, w.person.personId)
    expect((await waysToPay(deps, w.person.actor)).debit).toBeNull()
  })

  test('that the bank ends is ended here', async () => {
    const w = await withDebit()
    const { externalId } = await deps.db.prisma.directDebitMandate.findFirstOrThrow({
      where: { personId: w.person.personId },
    })
    await sandbox.endMandate(externalId ?? '', 'account_closed')
    await told()
    await announceDebits(deps)
    expect(await states(w)).toEqual([])
    expect((await waysToPay(deps, w.person.actor)).debit).toBeNull()
  })
})
