import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readPeriod } from '#services/ledger/read-period.server.ts'
import {
  type Journal,
  allocationAdjusted,
  allocationFunded,
  holdPlaced,
  holdReleased,
  refund,
  ringFenced,
  visitSettled,
} from '#services/ledger/templates.rules.ts'
import { makeCouncil, makePerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const day = (n: number) => Temporal.Instant.from('2026-01-05T12:00:00Z').add({ hours: 24 * n })

type Step = {
  kind: 'fund' | 'visit' | 'release' | 'keep' | 'free' | 'back' | 'reclaim'
  share: number
  wait: number
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('fund', 'visit', 'release', 'keep', 'free', 'back', 'reclaim'),
  share: fc.integer({ min: 1, max: 100 }),
  wait: fc.integer({ min: 0, max: 9 }),
})

/** Plays what may happen to a fund; answers with what was in it after each day. */
async function play(
  steps: readonly Step[],
): Promise<{ allocationId: string; at: Map<number, number>; last: number }> {
  const { deps } = house()
  const { allocationIds } = await makePerson(deps, await makeCouncil(deps), [{ pence: 0, expected: [{ dueOn: '2026-11-10', pence: 1 }] }]) // prettier-ignore
  const allocationId = allocationIds[0] ?? ''
  const [providerId, payer] = [newId(), { kind: 'council' as const, id: newId() }]
  let [available, kept, inside, now] = [0, 0, 0, 0]
  const settled: {
    journal: string
    part: { allocationId: string; bookingId: string; visitId: string }
    left: number
  }[] = []
  const at = new Map<number, number>()
  const post = (journals: Journal[]) =>
    deps.db.tx((tx) => postJournals(tx, day(now), system('test'), journals))
  const some = (of: number, share: number): Pence => pence(Math.floor((of * share) / 100))
  for (const { kind, share, wait } of steps) {
    now += wait
    if (kind === 'fund') {
      await post([allocationFunded(newId(), allocationId, pence(share * 137))])
      available += share * 137
      inside += share * 137
    } else if (kind === 'visit' || kind === 'release') {
      const held = some(available, share)
      if (held === 0) continue
      const part = { allocationId, bookingId: newId(), visitId: newId(), amount: held }
      await post([holdPlaced(newId(), [part])])
      if (kind === 'release') {
        await post([holdReleased(newId(), [part])])
        continue
      }
      const cost = some(held, 60)
      const [journal] = await post([
        visitSettled(newId(), providerId, [{ ...part, amount: cost, held, payer }]),
      ])
      available -= cost
      inside -= cost
      if (journal && cost > 0) settled.push({ journal: journal.id, part, left: cost })
    } else if (kind === 'keep' || kind === 'free') {
      const amount = kind === 'keep' ? some(available, share) : pence(-some(kept, share))
      if (amount === 0) continue
      await post([ringFenced(newId(), allocationId, amount)])
      available -= amount
      kept += amount
    } else if (kind === 'back') {
      const visit = settled.at(-1)
      const amount = some(visit?.left ?? 0, share)
      if (!visit || amount === 0) continue
      await post([refund(newId(), visit.journal, providerId, [{ ...visit.part, amount, payer, allocationEnded: share % 2 === 0 }])]) // prettier-ignore
      visit.left -= amount
      if (share % 2 === 1) {
        available += amount
        inside += amount
      }
    } else {
      const amount = some(available, share)
      if (amount === 0) continue
      await post([allocationAdjusted(newId(), allocationId, amount, 'surplus_reclaimed')])
      available -= amount
      inside -= amount
    }
    at.set(now, inside)
  }
  return { allocationId, at, last: now }
}

describe('a fund over a time', () => {
  test('opening + in − out = closing, to the penny, whatever happened and however time is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        async (steps, length) => {
          const { allocationId, at, last } = await play(steps)
          const insideAfter = (n: number): number => [...at].filter(([on]) => on <= n).at(-1)?.[1] ?? 0
          let before: number | null = null
          for (let from = 0; from <= last; from += length) {
            // Cut at midnight before the day, so that a day is inside one stretch.
            const cut = (n: number) => day(n).subtract({ hours: 12 })
            const [found] = await readPeriod(
              house().deps.db.prisma,
              [allocationId],
              cut(from),
              cut(from + length),
            )
            if (!found) continue
            expect(found.opening + found.moneyIn - found.moneyOut).toBe(found.closing)
            expect(found.closing).toBe(insideAfter(from + length - 1))
            if (before !== null) expect(found.opening).toBe(before)
            before = found.closing
          }
          expect(await house().asOwner('select * from ledger_faults()')).toEqual([])
        },
      ),
      { numRuns: 8 },
    )
  })
})
