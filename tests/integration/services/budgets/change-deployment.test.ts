import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import {
  applyDeployments,
  changeDeployment,
  checkDeployment,
} from '#services/budgets/change-deployment.server.ts'
import { deploymentPage, fundsForAdviser } from '#services/budgets/deployment-page.server.ts'
import type { DeploymentInput } from '#services/budgets/deployment.schema.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { type BookingWorld, ask, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { paidInTowards } from '#tests/factories/paid-in.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

async function world() {
  const w = await makeBookingWorld(house().deps, {
    funds: [{ pence: 48_000, expected: [{ dueOn: '2026-11-30', pence: 48_000 }] }],
  })
  const adviser = userActor(await makeUser(w.deps, 'An adviser'), {
    staff: [{ councilId: w.councilId, roles: ['adviser'] }],
  })
  return { w, adviser, fund: w.person.allocationIds[0] ?? '' }
}
const input = (changes: Partial<DeploymentInput> = {}): DeploymentInput => ({
  deployment: 'council_managed',
  holderProviderId: '',
  from: '2026-11-02',
  reason: 'I want one less thing to run.',
  explainedBy: 'An adviser',
  chosen: 'yes',
  ...changes,
})
const balancesOf = async (w: BookingWorld, ids: string[]) => {
  const all = await readBalances(w.deps.db.prisma, ids)
  return ids.map((id) => {
    const { available, held, spent } = all.get(id) ?? {}
    return { available, held, spent }
  })
}
const replacement = async (w: BookingWorld, fund: string) =>
  w.deps.db.prisma.allocation.findUniqueOrThrow({ where: { replacesId: fund } })

/** Asked for, accepted and done with: settled unless told otherwise. */
async function visitOn(w: BookingWorld, date: string, { settled = true } = {}) {
  const bookingId = await ask(w, date)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  const visitId = await onlyVisit(w, bookingId)
  if (settled) await finish(w, date, visitId)
  return visitId
}
async function finish(w: BookingWorld, date: string, visitId: string) {
  house().clock.set(`${date}T11:00:00Z`)
  await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
  await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
  await settleVisits(w.deps, [visitId])
}

describe('a fund that is held another way from today', () => {
  test('moves what is left and what is set aside for later visits in one journal, and keeps its history', async () => {
    const { w, adviser, fund } = await world()
    const later = await visitOn(w, '2026-11-20', { settled: false })
    await visitOn(w, '2026-11-09')
    const before = await checkDeployment(w.deps, adviser, fund, input({ from: '2026-11-09' }))
    expect(before.moving).toMatchObject({ available: 42_500, heldToCome: 2_750, visits: 1, toCome: 48_000 })

    await changeDeployment(w.deps, adviser, fund, input({ from: '2026-11-09' }))
    const anew = await replacement(w, fund)
    expect(await balancesOf(w, [fund, anew.id])).toEqual([
      { available: 0, held: 0, spent: 2_750 },
      { available: 42_500, held: 2_750, spent: 0 },
    ])
    const journals = await w.deps.db.prisma.ledgerJournal.findMany({ where: { key: `moved:${fund}` } })
    expect(journals).toMatchObject([{ kind: 'remainder_moved' }])
    expect(Number(anew.agreedPence)).toBe(93_250)

    // The next instalment comes to where it is held now, and the council owes for what comes after.
    house().clock.set('2026-11-30T10:00:00Z')
    await receiveInstalments(w.deps)
    await finish(w, '2026-11-20', later)
    expect(await balancesOf(w, [fund, anew.id])).toEqual([
      { available: 0, held: 0, spent: 2_750 },
      { available: 90_500, held: 0, spent: 2_750 },
    ])
    const payables = await w.deps.db.prisma.payable.findMany({
      where: { personId: w.person.personId },
      orderBy: { onDay: 'asc' },
      select: { payerKind: true, allocationId: true },
    })
    expect(payables).toEqual([
      { payerKind: 'person', allocationId: fund },
      { payerKind: 'council', allocationId: anew.id },
    ])
    expect(await faults()).toEqual([])
  })

  test('takes along what the person pays in: it is held as the fund is that it goes towards', async () => {
    const { w, adviser, fund } = await world()
    const payInId = await paidInTowards(w.deps, fund, 2_000)
    await changeDeployment(w.deps, adviser, fund, input())
    const anew = await replacement(w, fund)
    expect(await w.deps.db.prisma.allocation.findUniqueOrThrow({ where: { id: payInId } })).toMatchObject({
      towardsId: anew.id,
      deployment: 'council_managed',
      holderProviderId: null,
    })
    expect(await faults()).toEqual([])
  })

  test('is told to the person, and each choice stays on record with its reason', async () => {
    const { w, adviser, fund } = await world()
    await changeDeployment(w.deps, adviser, fund, input())
    const page = await deploymentPage(w.deps, adviser, fund)
    expect(page.history).toMatchObject([
      { way: 'Looked after by the council', reason: 'I want one less thing to run.', chosen: true },
    ])
    expect(page.moved).not.toBeNull()
    expect(
      await w.deps.db.prisma.notice.count({
        where: { personId: w.person.personId, kind: 'budget.deployment' },
      }),
    ).toBe(1)
    expect(await fundsForAdviser(w.deps, adviser, w.person.personId)).toMatchObject([
      { held: 'Looked after by the council' },
    ])
  })
})

describe('a fund that is to be held another way from a day to come', () => {
  test('moves that morning, once, and not before', async () => {
    const { w, adviser, fund } = await world()
    expect(await changeDeployment(w.deps, adviser, fund, input({ from: '2026-11-16' }))).toEqual({
      atOnce: false,
    })
    expect(await applyDeployments(w.deps)).toBe(0)
    house().clock.set('2026-11-16T06:00:00Z')
    const moved = await Promise.allSettled([applyDeployments(w.deps), applyDeployments(w.deps)])
    expect(moved.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    const anew = await replacement(w, fund)
    expect(anew.deployment).toBe('council_managed')
    expect(await balancesOf(w, [fund, anew.id])).toMatchObject([{ available: 0 }, { available: 48_000 }])
    expect(await applyDeployments(w.deps)).toBe(0)
    expect(await faults()).toEqual([])
  })
})

describe('what is refused beside its field', () => {
  test.each([
    ['a day that is over', { from: '2026-11-01' }, 'from'],
    ['a day after the fund has ended', { from: '2030-01-01' }, 'from'],
    [
      'no organisation where one has to hold it',
      { deployment: 'individual_service_fund' as const },
      'holderProviderId',
    ],
    [
      'an organisation that is none',
      { deployment: 'individual_service_fund' as const, holderProviderId: newId() },
      'holderProviderId',
    ],
    ['the way it is held already', { deployment: 'direct_payment_bank' as const }, 'deployment'],
  ])('%s', async (_name, changes, field) => {
    const { w, adviser, fund } = await world()
    await expect(changeDeployment(w.deps, adviser, fund, input(changes))).rejects.toMatchObject({
      details: { fields: { [field]: [expect.any(String)] } },
    })
    expect(await w.deps.db.prisma.deploymentChoice.count({ where: { allocationId: fund } })).toBe(0)
  })

  test('a second press, and whoever is not an adviser of that council', async () => {
    const { w, adviser, fund } = await world()
    await changeDeployment(w.deps, adviser, fund, input())
    await expect(changeDeployment(w.deps, adviser, fund, input())).rejects.toMatchObject({
      details: { fields: { deployment: [expect.stringContaining('already')] } },
    })
    const elsewhere = userActor(await makeUser(w.deps), {
      staff: [{ councilId: newId(), roles: ['adviser'] }],
    })
    for (const actor of [elsewhere, w.person.actor, w.provider.owner])
      await expect(deploymentPage(w.deps, actor, fund)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(fundsForAdviser(w.deps, elsewhere, w.person.personId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
