import { beforeEach, describe, expect, test } from 'vitest'
import { closeFunds } from '#services/budgets/close-funds.server.ts'
import { ask, balances, makeBookingWorld } from '#tests/factories/bookings.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

async function world(carryOver: 'none' | 'all') {
  const w = await makeBookingWorld(house().deps, { funds: [{ pence: 5_000 }, { pence: 1_000 }] })
  const [first = '', second = ''] = w.person.allocationIds
  const { streamId } = await w.deps.db.prisma.allocation.update({
    where: { id: first },
    data: { startsOn: new Date('2026-01-01'), endsOn: new Date('2026-11-30') },
  })
  await w.deps.db.prisma.fundingStream.update({ where: { id: streamId }, data: { carryOver } })
  await w.deps.db.prisma.allocation.update({
    where: { id: second },
    data: { streamId, startsOn: new Date('2026-11-30'), endsOn: new Date('2027-11-30') },
  })
  return w
}

describe('what an ended fund has left', () => {
  test('goes back forty days after the end, once', async () => {
    const w = await world('none')
    house().clock.set('2027-01-09T10:00:00Z')
    expect(await closeFunds(w.deps)).toBe(0)
    house().clock.set('2027-01-10T10:00:00Z')
    expect(await closeFunds(w.deps)).toBe(1)
    expect(await closeFunds(w.deps)).toBe(0)
    expect([await balances(w, 0), await balances(w, 1)]).toMatchObject([
      { available: 0, funded: 0 },
      { available: 1_000 },
    ])
    expect(await faults()).toEqual([])
  })

  test('is carried over where the fund’s rules say so', async () => {
    const w = await world('all')
    house().clock.set('2027-01-10T10:00:00Z')
    await closeFunds(w.deps)
    expect([await balances(w, 0), await balances(w, 1)]).toMatchObject([
      { available: 0 },
      { available: 6_000 },
    ])
    expect(await faults()).toEqual([])
  })

  test('waits while something is still set aside in it', async () => {
    const w = await world('none')
    await ask(w, '2026-11-27')
    house().clock.set('2027-01-10T10:00:00Z')
    expect(await closeFunds(w.deps)).toBe(0)
  })
})
