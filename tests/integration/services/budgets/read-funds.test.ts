import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { readFunds } from '#services/budgets/read-funds.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { ask, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { type FundOptions, makeCouncil, makePerson, times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const funds = (personId: string) => readFunds(house().deps.db.prisma, personId, house().clock.now())
async function someone(given: FundOptions[]) {
  const councilId = await makeCouncil(house().deps)
  return { councilId, ...(await makePerson(house().deps, councilId, given)) }
}

describe('all funds of a person', () => {
  test('ended ones too, by the day on which they end', async () => {
    const { personId } = await someone([
      { pence: 1_000, name: 'Last' },
      { pence: 2_000, name: 'Over', endsOn: '2026-10-15' },
      { pence: 3_000, name: 'Next', endsOn: '2027-01-10' },
    ])
    const all = await funds(personId)
    expect(all.map(({ allocation, endsOn }) => `${allocation.stream.name} ${endsOn.toString()}`)).toEqual([
      'Over 2026-10-15',
      'Next 2027-01-10',
      'Last 2027-03-31',
    ])
    expect(all.map(({ balances }) => balances.available)).toEqual([2_000, 3_000, 1_000])
    expect(all[0]?.startsOn.toString()).toBe('2026-10-01')
  })

  test('say who pays from each, by how it is held', async () => {
    const { personId, councilId } = await someone([
      { pence: 100, endsOn: '2027-01-01' },
      { pence: 100, endsOn: '2027-01-02', deployment: 'council_managed' },
      { pence: 100, endsOn: '2027-01-03', deployment: 'individual_service_fund' },
    ])
    const [bank, managed, held] = await funds(personId)
    expect(bank?.payer).toEqual({ kind: 'person', id: personId })
    expect(managed?.payer).toEqual({ kind: 'council', id: councilId })
    expect(held?.payer).toEqual({ kind: 'fund_holder', id: held?.allocation.holderProviderId })
    expect(held?.allocation.holder).toEqual({ name: 'A provider' })
  })

  test('expect what has not arrived, soonest first, and no longer what has', async () => {
    const { personId, allocationIds } = await someone([
      {
        pence: 0,
        expected: [
          { dueOn: '2026-12-02', pence: 300 },
          { dueOn: '2026-11-04', pence: 200 },
          { dueOn: '2026-10-07', pence: 100 },
        ],
      },
    ])
    await house().deps.db.prisma.instalment.updateMany({
      where: { allocationId: allocationIds[0] ?? '', number: 3 },
      data: { arrivedAt: new Date('2026-10-07T09:00:00Z') },
    })
    const [fund] = await funds(personId)
    expect(fund?.expected.map(({ dueOn, pence }) => [dueOn.toString(), pence])).toEqual([
      ['2026-11-04', 200],
      ['2026-12-02', 300],
    ])
  })

  test('of somebody without funds are none; of somebody who is not there it fails', async () => {
    const { personId } = await someone([])
    expect(await funds(personId)).toEqual([])
    await expect(funds(newId())).rejects.toThrow()
  })
})

describe('what is ahead', () => {
  test('the next four weeks count, the moment four weeks from now does not', async () => {
    const w = await makeBookingWorld(house().deps)
    await ask(w, '2026-11-09')
    await ask(w, '2026-11-30', 2750, { time: '09:00' })
    // Four weeks from now, to the minute: the Monday of the fifth week at ten.
    await ask(w, '2026-11-30', 2750, { time: '10:00' })
    const [fund] = await funds(w.person.personId)
    expect(fund).toMatchObject({ aheadFourWeeks: 2 * 2_750, planned: 0, balances: { held: 3 * 2_750 } })
  })

  test('what waits for money to come is planned, however far ahead, and holds nothing', async () => {
    const w = await makeBookingWorld(house().deps, {
      funds: [{ pence: 0, expected: [{ dueOn: '2026-11-20', pence: 20_000 }] }],
    })
    await ask(w, '2026-11-23')
    await ask(w, '2026-12-28')
    const [fund] = await funds(w.person.personId)
    expect(fund).toMatchObject({ planned: 2 * 2_750, aheadFourWeeks: 2_750, balances: { held: 0 } })
  })

  test('a draft and a cancelled visit take nothing', async () => {
    const w = await makeBookingWorld(house().deps)
    const { personId, actor } = w.person
    await startDraft(w.deps, actor, { slug: w.slug, times: times(personId, '2026-11-10') })
    const bookingId = await ask(w, '2026-11-09')
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    expect((await funds(personId))[0]?.aheadFourWeeks).toBe(2_750)
    await cancelVisit(w.deps, actor, { visitId: await onlyVisit(w, bookingId), personId, expectedFee: 0 })
    expect((await funds(personId))[0]).toMatchObject({ aheadFourWeeks: 0, planned: 0 })
  })
})
