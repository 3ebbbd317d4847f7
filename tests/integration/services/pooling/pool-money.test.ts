import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { system } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import {
  agreeShare,
  commitPool,
  openPool,
  refundShare,
  releasePool,
  settlePool,
} from '#services/pooling/pool-money.server.ts'
import { type TestPerson, makeCouncil, makePerson, makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const actor = system('test')
const now = () => house().clock.now()
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** Three neighbours with so much each, who pay so much each. */
async function pool(have: number[], pay: number[], agree = true) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const { providerId } = await makeProvider(deps)
  const people: TestPerson[] = []
  for (const amount of have) people.push(await makePerson(deps, councilId, [{ pence: amount }]))
  const ids = people.map(({ allocationIds }) => allocationIds[0] ?? '')
  const poolId = await deps.db.tx(async (tx) => {
    const id = await openPool(tx, now(), {
      providerId,
      title: 'A choir on Thursdays',
      shares: people.map(({ personId }, index) => ({
        personId,
        allocationId: ids[index] ?? '',
        amount: pence(pay[index] ?? 0),
      })),
    })
    if (agree) for (const { personId } of people) await agreeShare(tx, now(), id, personId)
    return id
  })
  const standing = async (kind: 'available' | 'held' | 'spent') => {
    const all = await readBalances(deps.db.prisma, ids)
    return ids.map((id) => all.get(id)?.[kind])
  }
  return { deps, poolId, people, standing }
}

describe('a pool', () => {
  test('sets everybody’s part aside together, and gives it back together', async () => {
    const { deps, poolId, standing } = await pool([5_000, 5_000, 5_000], [2_000, 1_000, 500])
    await deps.db.tx((tx) => commitPool(tx, now(), actor, poolId))
    expect(await standing('held')).toEqual([2_000, 1_000, 500])
    await deps.db.tx((tx) => releasePool(tx, now(), actor, poolId))
    expect(await standing('available')).toEqual([5_000, 5_000, 5_000])
    expect(await faults()).toEqual([])
  })

  test('that one member cannot afford takes from nobody', async () => {
    const { deps, poolId, standing } = await pool([5_000, 999, 5_000], [2_000, 1_000, 500])
    await expect(deps.db.tx((tx) => commitPool(tx, now(), actor, poolId))).rejects.toMatchObject({
      code: 'NOT_ENOUGH_MONEY',
    })
    expect(await standing('held')).toEqual([0, 0, 0])
    expect((await deps.db.prisma.pool.findUniqueOrThrow({ where: { id: poolId } })).state).toBe('open')
  })

  test('waits until everybody has agreed', async () => {
    const { deps, poolId, people } = await pool([5_000, 5_000], [2_000, 1_000], false)
    await deps.db.tx((tx) => agreeShare(tx, now(), poolId, people[0]?.personId ?? ''))
    await expect(deps.db.tx((tx) => commitPool(tx, now(), actor, poolId))).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('costs each their part of what it came to, and a refund is its own member’s alone', async () => {
    const { deps, poolId, people, standing } = await pool([5_000, 5_000, 5_000], [2_000, 1_000, 500])
    await deps.db.tx((tx) => commitPool(tx, now(), actor, poolId))
    await deps.db.tx((tx) => settlePool(tx, now(), actor, poolId, pence(3_000)))
    expect(await standing('spent')).toEqual([1_714, 857, 429])
    const back = (amount: number) =>
      deps.db.tx((tx) =>
        refundShare(tx, now(), actor, {
          poolId,
          personId: people[1]?.personId ?? '',
          amount: pence(amount),
          key: `k-${String(amount)}`,
        }),
      )
    await back(857)
    await back(857)
    expect(await standing('spent')).toEqual([1_714, 0, 429])
    await expect(back(1)).rejects.toMatchObject({
      code: expect.stringMatching(/REFUSED_BY_RULE|NOT_ENOUGH_MONEY/) as unknown,
    })
    expect(await faults()).toEqual([])
  })

  test('two presses at once commit it once', async () => {
    const { deps, poolId, standing } = await pool([5_000, 5_000], [2_000, 1_000])
    const both = await Promise.allSettled(
      [1, 2].map(() => deps.db.tx((tx) => commitPool(tx, now(), actor, poolId))),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await standing('held')).toEqual([2_000, 1_000])
  })

  test('of any parts and any cost: what was set aside is spent or back, to the penny', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 2, maxLength: 5 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        async (pay, fraction) => {
          const { deps, poolId, standing } = await pool(pay, pay)
          const whole = pay.reduce((sum, part) => sum + part, 0)
          const cost = Math.max(1, Math.floor(whole * fraction))
          await deps.db.tx((tx) => commitPool(tx, now(), actor, poolId))
          await deps.db.tx((tx) => settlePool(tx, now(), actor, poolId, pence(cost)))
          const sum = async (kind: 'available' | 'held' | 'spent') =>
            (await standing(kind)).reduce((all: number, one) => all + (one ?? 0), 0)
          expect([await sum('spent'), await sum('held'), await sum('available')]).toEqual([
            cost,
            0,
            whole - cost,
          ])
        },
      ),
      { numRuns: 5 },
    )
    expect(await faults()).toEqual([])
  })
})

test('a pool of one, with one member twice, or from somebody else’s fund, is none', async () => {
  const { deps, people } = await pool([5_000, 5_000], [1, 1])
  const [a, b] = people
  const share = (personId: string | undefined, allocationId: string | undefined) => ({
    personId: personId ?? '',
    allocationId: allocationId ?? '',
    amount: pence(100),
  })
  const { providerId } = await makeProvider(deps)
  for (const shares of [
    [share(a?.personId, a?.allocationIds[0])],
    [share(a?.personId, a?.allocationIds[0]), share(a?.personId, a?.allocationIds[0])],
    [share(a?.personId, a?.allocationIds[0]), share(b?.personId, a?.allocationIds[0])],
  ])
    await expect(
      deps.db.tx((tx) => openPool(tx, now(), { providerId, title: 'None', shares })),
    ).rejects.toMatchObject({ code: 'INVALID' })
})
