import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import {
  type Journal,
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
const post = (journals: Journal[]) =>
  house().deps.db.tx((tx) => postJournals(tx, house().clock.now(), system('test'), journals))
const faults = () => house().asOwner('select * from ledger_faults()')
const payer = { kind: 'council' as const, id: newId() }

async function funds(...amounts: number[]): Promise<string[]> {
  const { deps } = house()
  const person = await makePerson(
    deps,
    await makeCouncil(deps),
    amounts.map((amount) => ({ pence: amount })),
  )
  return person.allocationIds
}
const balanceOf = async (allocationId: string) =>
  (await readBalances(house().deps.db.prisma, [allocationId])).get(allocationId)
const money = (allocationId: string, amount: number, visitId = newId()) => ({
  allocationId,
  bookingId: newId(),
  visitId,
  amount: pence(amount),
})

describe('the database keeps the books', () => {
  test('a journal that does not sum to zero is refused', async () => {
    const [id = ''] = await funds(1000)
    const wire = [
      {
        id: newId(),
        key: newId(),
        kind: 'allocation_funded',
        effective_at: '2026-11-02T10:00:00Z',
        postings: [{ account: `available:${id}`, amount: 5 }],
      },
    ]
    await expect(
      house().asOwner('select * from ledger_post($1)', [JSON.stringify(wire)]),
    ).rejects.toMatchObject({ code: 'KL003' })
  })

  test('money that moves from one allocation to another in one journal is refused', async () => {
    const [one = '', two = ''] = await funds(1000, 1000)
    const wire = [
      {
        id: newId(),
        key: newId(),
        kind: 'correction',
        effective_at: '2026-11-02T10:00:00Z',
        postings: [
          { account: `available:${one}`, amount: -5 },
          { account: `available:${two}`, amount: 5 },
        ],
      },
    ]
    await expect(
      house().asOwner('select * from ledger_post($1)', [JSON.stringify(wire)]),
    ).rejects.toMatchObject({ code: 'KL003' })
  })

  test.each([
    'update ledger_posting set amount = amount + 1',
    'delete from ledger_journal',
    'truncate ledger_posting',
    'update audit_event set action = $$x$$',
  ])('nobody, not even the owner, can %s', async (sql) => {
    await expect(house().asOwner(sql)).rejects.toMatchObject({ code: 'KH001' })
  })

  test('the application may post and may not write to the ledger’s tables', async () => {
    const { prisma } = house().deps.db
    await expect(prisma.$executeRaw`update ledger_account set balance = 1`).rejects.toThrow(
      /permission denied/,
    )
    await expect(
      prisma.$executeRaw`insert into ledger_hold values (gen_random_uuid(), gen_random_uuid(), null, 1)`,
    ).rejects.toThrow(/permission denied/)
  })

  test('more cannot be set aside than is there, or released than was set aside', async () => {
    const [id = ''] = await funds(1000)
    await expect(post([holdPlaced(newId(), [money(id, 1001)])])).rejects.toMatchObject({
      code: 'NOT_ENOUGH_MONEY',
    })
    const visitId = newId()
    await post([holdPlaced(newId(), [money(id, 400, visitId)]), holdPlaced(newId(), [money(id, 400)])])
    await expect(post([holdReleased(newId(), [money(id, 500, visitId)])])).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    expect(await balanceOf(id)).toMatchObject({ available: 200, held: 800 })
  })

  test('ring-fenced money cannot be set aside', async () => {
    const [id = ''] = await funds(1000)
    await post([ringFenced(newId(), id, pence(900))])
    await expect(post([holdPlaced(newId(), [money(id, 200)])])).rejects.toMatchObject({
      code: 'NOT_ENOUGH_MONEY',
    })
  })

  test('one key is one journal: the same again changes nothing, something else is refused', async () => {
    const [id = ''] = await funds(1000)
    const part = money(id, 300)
    const key = newId()
    const first = await post([holdPlaced(key, [part])])
    const second = await post([holdPlaced(key, [part])])
    expect(second).toEqual(first.map((journal) => ({ ...journal, created: false })))
    expect(await balanceOf(id)).toMatchObject({ held: 300 })
    await expect(post([holdPlaced(key, [{ ...part, amount: pence(301) }])])).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('a refund goes back to the allocation that paid, and never more than it paid', async () => {
    const [id = '', other = ''] = await funds(3000, 3000)
    const providerId = newId()
    const settled = async (allocationId: string, amount: number) => {
      const part = money(allocationId, amount)
      await post([holdPlaced(newId(), [part])])
      const [journal] = await post([
        visitSettled(newId(), providerId, [{ ...part, held: pence(amount), payer }]),
      ])
      return { part, journalId: journal?.id ?? '' }
    }
    const visit = await settled(id, 600)
    // More was spent from both funds, so that only the rule about refunds stands in the way.
    await settled(id, 1000)
    await settled(other, 1000)
    const back = (allocationId: string, amount: number) =>
      post([
        refund(newId(), visit.journalId, providerId, [
          { ...visit.part, allocationId, amount: pence(amount), payer, allocationEnded: false },
        ]),
      ])
    await back(id, 200)
    expect(await balanceOf(id)).toMatchObject({ available: 1600, spent: 1400 })
    await expect(back(id, 500)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await expect(back(other, 100)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    expect(await faults()).toEqual([])
  })

  test('balances before and after are written on each posting', async () => {
    const [id = ''] = await funds(1000)
    await post([holdPlaced(newId(), [money(id, 250), money(id, 150)])])
    const rows = await house().asOwner<{ amount: string; balance_before: string; balance_after: string }>(
      `select p.amount, p.balance_before, p.balance_after from ledger_posting p join ledger_account a on a.id = p.account_id
       join ledger_journal j on j.id = p.journal_id where a.key = $1 order by j.seq, p.line`,
      [`available:${id}`],
    )
    expect(rows.map((row) => [row.amount, row.balance_before, row.balance_after].map(Number))).toEqual([
      [1000, 0, 1000],
      [-250, 1000, 750],
      [-150, 750, 600],
    ])
  })
})

describe('whatever is done to a budget', () => {
  const move = fc.record({
    what: fc.constantFrom('fund', 'hold', 'release', 'settle', 'ring', 'again'),
    amount: fc.integer({ min: 1, max: 900 }),
    which: fc.nat({ max: 30 }),
  })

  test('the invariants hold and the balances are those of a plain sum', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 25 }), async (moves) => {
        const [id = ''] = await funds(1000)
        const expected = { funded: 1000, available: 1000, held: 0, ringFenced: 0, spent: 0 }
        const open: ReturnType<typeof money>[] = []
        let last: Journal | null = null
        for (const { what, amount, which } of moves) {
          const target = open[which % Math.max(1, open.length)]
          let journal: Journal | null = null
          let may = true
          if (what === 'fund') {
            journal = allocationFunded(newId(), id, pence(amount))
            expected.funded += amount
            expected.available += amount
          } else if (what === 'hold') {
            const part = money(id, amount)
            journal = holdPlaced(newId(), [part])
            may = amount <= expected.available
            if (may) {
              open.push(part)
              expected.available -= amount
              expected.held += amount
            }
          } else if (what === 'ring') {
            journal = ringFenced(newId(), id, pence(amount))
            may = amount <= expected.available
            if (may) {
              expected.available -= amount
              expected.ringFenced += amount
            }
          } else if ((what === 'release' || what === 'settle') && target) {
            const cost = Math.min(amount, target.amount)
            journal =
              what === 'release'
                ? holdReleased(newId(), [target])
                : visitSettled(newId(), newId(), [
                    { ...target, amount: pence(cost), held: target.amount, payer },
                  ])
            open.splice(open.indexOf(target), 1)
            expected.held -= target.amount
            if (what === 'settle') expected.spent += cost
            expected.available += what === 'settle' ? target.amount - cost : target.amount
          } else journal = last
          if (!journal) continue
          if (may) {
            await post([journal])
            last = journal
          } else await expect(post([journal])).rejects.toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
        }
        expect(await balanceOf(id)).toMatchObject(expected)
      }),
      { numRuns: 25 },
    )
    expect(await faults()).toEqual([])
  })
})

describe('many at once', () => {
  test('50 callers for the last £10 of a budget: exactly as many get it as there is money', async () => {
    const [id = ''] = await funds(1000)
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => post([holdPlaced(newId(), [money(id, 300)])])),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
    expect(await balanceOf(id)).toMatchObject({ available: 100, held: 900 })
  })

  test('50 callers with one key post one journal', async () => {
    const [id = ''] = await funds(1000)
    const part = money(id, 300)
    const key = newId()
    const results = await Promise.all(Array.from({ length: 50 }, () => post([holdPlaced(key, [part])])))
    expect(results.flat().filter((journal) => journal.created)).toHaveLength(1)
    expect(await balanceOf(id)).toMatchObject({ held: 300 })
  })

  test('200 mixed holds, releases and settlements on 5 shared accounts: no deadlock reaches a caller and the books balance', async () => {
    const shared = await funds(20_000, 20_000, 20_000, 20_000, 20_000)
    const providerId = newId()
    const at = (index: number): string => shared[index % 5] ?? ''
    const work = Array.from({ length: 200 }, async (_, index) => {
      // Two allocations in an order that differs from caller to caller: the classic way into a deadlock.
      const visitId = newId()
      const parts = [money(at(index), 100 + index, visitId), money(at(index * 3 + 1), 50, visitId)]
      const ordered = index % 2 ? parts : [...parts].reverse()
      const distinct = ordered[0]?.allocationId === ordered[1]?.allocationId ? ordered.slice(0, 1) : ordered
      await post([holdPlaced(newId(), distinct)])
      if (index % 3 === 0) await post([holdReleased(newId(), [...distinct].reverse())])
      else if (index % 3 === 1)
        await post([
          visitSettled(
            newId(),
            providerId,
            distinct.map((part) => ({
              ...part,
              amount: pence(Math.floor(part.amount / 2)),
              held: part.amount,
              payer,
            })),
          ),
        ])
    })
    const results = await Promise.allSettled(work)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
    expect(results.filter((result) => result.status === 'fulfilled').length).toBeGreaterThan(150)
    expect(await faults()).toEqual([])
  })
})
