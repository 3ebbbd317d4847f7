import { beforeEach, describe, expect, test } from 'vitest'
import { moneyPage } from '#services/budgets/money-page.server.ts'
import { newId } from '#services/kernel/ids.ts'
import {
  answerSurplus,
  appealSurplus,
  decideSurplus,
  endAppeal,
  reclaimSurplus,
} from '#services/surplus/answer-surplus.server.ts'
import { findSurplus } from '#services/surplus/find-surplus.server.ts'
import { setThreshold } from '#services/surplus/set-threshold.server.ts'
import { councilSurplusPage, surplusListPage, surplusPage } from '#services/surplus/surplus-page.server.ts'
import { balances, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** £480.00 in a fund that began long ago, of a council that lets two weeks lie. */
async function world() {
  const w = await makeBookingWorld(house().deps)
  const staff = async () =>
    userActor(await makeUser(w.deps, 'Finance'), { staff: [{ councilId: w.councilId, roles: ['finance'] }] })
  const [finance, colleague] = [await staff(), await staff()]
  const fund = w.person.allocationIds[0] ?? ''
  await w.deps.db.prisma.allocation.update({
    where: { id: fund },
    data: { startsOn: new Date('2026-06-01'), endsOn: new Date('2027-05-30'), agreedPence: 520_000n },
  })
  await setThreshold(w.deps, finance, { weeks: '2', answerDays: '28', appealDays: '28' })
  return { w, finance, colleague, fund }
}
async function asked() {
  const made = await world()
  await findSurplus(made.w.deps)
  const { id } = await made.w.deps.db.prisma.surplusCase.findFirstOrThrow({
    where: { allocationId: made.fund },
  })
  return { ...made, id }
}

describe('a fund in which more lies than the threshold', () => {
  test('is asked about once, with what may stay; nothing is taken', async () => {
    const { w, fund, id } = await asked()
    await findSurplus(w.deps)
    // £5,200.00 over 52 weeks is £100.00 a week: £200.00 may stay of £480.00.
    expect(await surplusPage(w.deps, w.person.actor, id)).toMatchObject({
      available: 48_000,
      keep: 20_000,
      surplus: 28_000,
      mayAct: true,
    })
    expect(await w.deps.db.prisma.surplusCase.count({ where: { allocationId: fund } })).toBe(1)
    expect(await balances(w)).toMatchObject({ available: 48_000 })
  })

  test('goes back only when it was answered, decided and not appealed in time', async () => {
    const { w, finance, id } = await asked()
    const onMyMoney = async () =>
      (await moneyPage(w.deps, w.person.actor, { month: null, page: null, holds: false })).questions
    expect(await onMyMoney()).toMatchObject([
      { id, words: 'The council asks what £280.00 of it is for. Answer by Monday 30 November 2026.' },
    ])
    await answerSurplus(w.deps, w.person.actor, id, { answer: 'I was in hospital.' })
    expect(await onMyMoney()).toMatchObject([{ words: expect.stringMatching(/^You have answered/) }])
    await decideSurplus(w.deps, finance, id, {
      reclaim: '100',
      decision: 'You keep the rest for the spring.',
    })
    expect(await onMyMoney()).toMatchObject([
      { words: expect.stringMatching(/^The council decided that £100.00 goes back. If you do not agree/) },
    ])
    expect(await reclaimSurplus(w.deps)).toBe(0)
    house().clock.set('2026-12-01T10:00:00Z')
    expect(await reclaimSurplus(w.deps)).toBe(1)
    expect(await reclaimSurplus(w.deps)).toBe(0)
    expect(await balances(w)).toMatchObject({ available: 38_000, funded: 38_000 })
    expect(await onMyMoney()).toEqual([])
    expect(await faults()).toEqual([])
  })

  test('that is appealed is looked at by somebody else, who can only make it less', async () => {
    const { w, finance, colleague, id } = await asked()
    await answerSurplus(w.deps, w.person.actor, id, { answer: 'For a weekend away.' })
    await decideSurplus(w.deps, finance, id, { reclaim: '280', decision: 'No plan was seen.' })
    await appealSurplus(w.deps, w.person.actor, id, { appeal: 'It is in my plan.' })
    await expect(
      endAppeal(w.deps, finance, id, { reclaim: '0', decision: 'So be it.' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(
      endAppeal(w.deps, colleague, id, { reclaim: '281', decision: 'More.' }),
    ).rejects.toMatchObject({ code: 'INVALID' })
    await endAppeal(w.deps, colleague, id, { reclaim: '80', decision: 'The weekend stays with you.' })
    expect(await balances(w)).toMatchObject({ available: 40_000 })
    expect(await councilSurplusPage(w.deps, colleague, id)).toMatchObject({ state: 'reclaimed' })
    expect(await faults()).toEqual([])
  })

  test('that is spent meanwhile gives back what is left, and no more', async () => {
    const { w, finance, id } = await asked()
    await answerSurplus(w.deps, w.person.actor, id, { answer: 'Bills.' })
    await decideSurplus(w.deps, finance, id, { reclaim: '280', decision: 'It is not needed.' })
    await house()
      .asOwner(`select ledger_post(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'key', 'spent-meanwhile', 'kind', 'allocation_adjusted',
      'effective_at', now(), 'postings', jsonb_build_array(jsonb_build_object('account', 'available:${w.person.allocationIds[0] ?? ''}', 'amount', -40000),
      jsonb_build_object('account', 'funder:${w.person.allocationIds[0] ?? ''}', 'amount', 40000)))))`)
    house().clock.set('2026-12-01T10:00:00Z')
    await reclaimSurplus(w.deps)
    expect(await balances(w)).toMatchObject({ available: 0 })
  })
})

describe('nobody is asked', () => {
  test('where the council has set no threshold', async () => {
    const { w, finance } = await world()
    await setThreshold(w.deps, finance, { weeks: '', answerDays: '28', appealDays: '28' })
    await findSurplus(w.deps)
    expect((await surplusListPage(w.deps, finance, 1)).total).toBe(0)
  })

  test('by a council about money of the NHS', async () => {
    const { w, finance, fund } = await world()
    await w.deps.db.prisma.fundingStream.updateMany({
      where: { allocations: { some: { id: fund } } },
      data: { kind: 'nhs_personal_health_budget' },
    })
    await findSurplus(w.deps)
    expect((await surplusListPage(w.deps, finance, 1)).total).toBe(0)
  })

  test('about what is kept back for wages', async () => {
    const { w, finance, fund } = await world()
    await house()
      .asOwner(`select ledger_post(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'key', 'ring-${fund}', 'kind', 'ring_fenced',
      'effective_at', now(), 'postings', jsonb_build_array(jsonb_build_object('account', 'available:${fund}', 'amount', -28000),
      jsonb_build_object('account', 'ring_fenced:${fund}', 'amount', 28000)))), jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'key', 'ring_fenced:${fund}', 'kind', 'ring_fenced', 'allocation_id', '${fund}')))`)
    await w.deps.db.prisma.ringFence.create({
      data: { allocationId: fund, purpose: 'wages', pence: 28_000, updatedAt: new Date() },
    })
    await findSurplus(w.deps)
    expect((await surplusListPage(w.deps, finance, 1)).total).toBe(0)
  })
})

describe('what is refused', () => {
  test('deciding before the answer, while there is time for one; more than the surplus; twice', async () => {
    const { w, finance, id } = await asked()
    const decide = (reclaim: string) => decideSurplus(w.deps, finance, id, { reclaim, decision: 'Because.' })
    await expect(decide('10')).rejects.toMatchObject({
      details: { fields: { decision: [expect.any(String)] } },
    })
    await answerSurplus(w.deps, w.person.actor, id, { answer: 'Something.' })
    await expect(decide('280.01')).rejects.toMatchObject({
      details: { fields: { reclaim: [expect.any(String)] } },
    })
    for (const wrong of ['', '-1', '1.234', '1e5', '99999999999999999999'])
      await expect(decide(wrong)).rejects.toThrow()
    await decide('280')
    await expect(decide('280')).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('an appeal when its time is over, and anything by strangers', async () => {
    const { w, finance, id } = await asked()
    await answerSurplus(w.deps, w.person.actor, id, { answer: 'Something.' })
    await decideSurplus(w.deps, finance, id, { reclaim: '10', decision: 'Because.' })
    house().clock.set('2026-12-01T10:00:00Z')
    await expect(appealSurplus(w.deps, w.person.actor, id, { appeal: 'No.' })).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    const elsewhere = userActor(await makeUser(w.deps), {
      staff: [{ councilId: newId(), roles: ['finance'] }],
    })
    await expect(councilSurplusPage(w.deps, elsewhere, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const actor of [elsewhere, w.provider.owner])
      await expect(surplusPage(w.deps, actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
