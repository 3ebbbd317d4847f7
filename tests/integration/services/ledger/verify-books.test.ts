import { describe, expect, test } from 'vitest'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import {
  type Journal,
  holdPlaced,
  holdReleased,
  refund,
  visitSettled,
} from '#services/ledger/templates.rules.ts'
import { verifyBooks } from '#services/ledger/verify-books.server.ts'
import { makeCouncil, makePerson, makeProvider } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const post = (journals: Journal[]) =>
  house().deps.db.tx((tx) => postJournals(tx, house().clock.now(), system('test'), journals))

/** A fund that had a hold, a release, a settlement and a refund of a part of it. */
async function history(): Promise<{ allocationId: string; visitId: string; settled: string }> {
  const { deps } = house()
  const person = await makePerson(deps, await makeCouncil(deps), [{ pence: 10_000 }])
  const allocationId = person.allocationIds[0] ?? ''
  const visitId = newId()
  const part = { allocationId, bookingId: newId(), visitId, amount: pence(2750) }
  const other = { ...part, visitId: newId() }
  const payer = { kind: 'council' as const, id: newId() }
  const { providerId } = await makeProvider(deps)
  await post([holdPlaced(newId(), [part, other])])
  await post([holdReleased(newId(), [other])])
  const [settled] = await post([
    visitSettled(newId(), providerId, [{ ...part, amount: pence(2125), held: part.amount, payer }]),
  ])
  await post([
    refund(newId(), settled?.id ?? '', providerId, [
      { ...part, amount: pence(500), payer, allocationEnded: false },
    ]),
  ])
  // What settlement keeps beside the ledger: £21.25 less what came back.
  await deps.db.prisma.payable.create({
    data: {
      allocationId,
      personId: person.personId,
      providerId,
      payerKind: payer.kind,
      payerId: payer.id,
      pence: 1_625,
      onDay: new Date('2026-11-02'),
      createdAt: new Date('2026-11-02T10:00:00Z'),
    },
  })
  return { allocationId, visitId, settled: settled?.id ?? '' }
}

const verify = () => verifyBooks(house().deps.db)
/** Does as an administrator what no code of ours can, with the safeguards off. */
async function plant(sql: string, params: readonly unknown[]): Promise<void> {
  for (const table of ['ledger_posting', 'ledger_journal'])
    await house().asOwner(`alter table ${table} disable trigger user`)
  await house().asOwner(sql, params)
  for (const table of ['ledger_posting', 'ledger_journal'])
    await house().asOwner(`alter table ${table} enable trigger user`)
}

describe('proving the books', () => {
  test('finds nothing where money was set aside, given back, spent and refunded, and says what it read', async () => {
    await history()
    const { faults, journals, postings, accounts } = await verify()
    expect(faults).toEqual([])
    expect(journals).toBeGreaterThanOrEqual(5)
    expect(postings).toBeGreaterThan(journals)
    expect(accounts).toBeGreaterThan(3)
  })

  test.each([
    [
      'a posting taken out of its journal',
      [1, 2, 4],
      `delete from ledger_posting where visit_id = $1 and amount > 0`,
    ],
    [
      'a sum changed after the fact',
      [1, 2, 4],
      `update ledger_posting set amount = amount + 1, balance_after = balance_after + 1 where visit_id = $1 and amount > 0`,
    ],
    [
      'two postings changed so that the journal still sums to zero',
      [2, 4],
      `update ledger_posting set amount = amount * 2, balance_after = balance_before + amount * 2 where visit_id = $1`,
    ],
    [
      'a posting moved into another month than its journal',
      [2],
      `update ledger_posting set effective_at = effective_at + interval '31 days' where visit_id = $1 and amount > 0`,
    ],
    [
      'what is set aside for a visit changed',
      [6],
      `update ledger_hold set amount = amount + 1 where ref_id = $1`,
    ],
  ])('finds %s', async (_what, promises, sql) => {
    const { visitId } = await history()
    await plant(sql, [visitId])
    const { faults } = await verify()
    expect(faults.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining(promises))
    await plant('truncate ledger_posting, ledger_journal, ledger_account, ledger_hold cascade', [])
  })

  test.each([
    ['what is owed for a visit changed', 9, 'update payable set pence = pence + 1 where allocation_id = $1'],
    ['what is owed for a visit gone', 9, 'delete from payable where allocation_id = $1'],
    [
      'a charge that the ledger does not know',
      10,
      `insert into contribution_week (id, person_id, council_id, week_starts_on, cost_pence, assessed_pence, charged_pence, updated_at)
       select gen_random_uuid(), p.id, p.council_id, date '2026-11-02', 10, 10, 10, now() from allocation a join person p on p.id = a.person_id where a.id = $1`,
    ],
    [
      'money said to be kept back that is not',
      11,
      `insert into ring_fence (id, allocation_id, purpose, pence, updated_at) values (gen_random_uuid(), $1, 'wages', 1, now())`,
    ],
  ])('finds %s', async (_what, invariant, sql) => {
    const { allocationId } = await history()
    await house().asOwner(sql, [allocationId])
    expect((await verify()).faults.map((fault) => fault.invariant)).toContain(invariant)
    await house().asOwner('delete from ring_fence')
    await house().asOwner('delete from contribution_week')
  })

  test('finds a balance changed by hand, and a refund of more than was spent', async () => {
    const { allocationId, settled } = await history()
    await house().asOwner(`update ledger_account set balance = balance + 1 where key = $1`, [
      `available:${allocationId}`,
    ])
    await plant(
      `update ledger_journal set reverses_id = (select id from ledger_journal where kind = 'allocation_funded' limit 1) where reverses_id = $1`,
      [settled],
    )
    expect((await verify()).faults).toEqual(
      expect.arrayContaining([
        { invariant: 4, subject: `available:${allocationId}` },
        expect.objectContaining({ invariant: 7 }),
      ]),
    )
  })
})
