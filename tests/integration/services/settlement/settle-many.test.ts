import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { expect, test } from 'vitest'
import { clone } from '#services/db/clone.server.ts'
import { settleDueVisits } from '#services/settlement/settle-visits.server.ts'
import { makeCouncil, makePerson, makeProvider, makeService } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { manyConfirmedVisits, manyPeople } from '#tests/support/many.ts'

const house = useHouse()

/** Visits that are confirmed and wait to be settled, written by the thousand. */
async function waiting(people: number, each: number): Promise<void> {
  const { deps, url } = house()
  const councilId = await makeCouncil(deps)
  const { providerId } = await makeProvider(deps)
  const { serviceId } = await makeService(deps, providerId)
  const { allocationIds } = await makePerson(deps, councilId, [{ pence: 100 }])
  const { streamId } = await deps.db.prisma.allocation.findUniqueOrThrow({
    where: { id: allocationIds[0] ?? '' },
  })
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const name = 'Somebody of many'
  await manyPeople(owner, {
    count: people,
    councilId,
    name,
    pence: 2_000 * each + 500,
    deployment: 'direct_payment_bank',
    streamId,
  })
  await manyConfirmedVisits(owner, { name, each, providerId, serviceId })
  await owner.end()
}
const states = async () =>
  Object.fromEntries(
    (
      await house().asOwner<{ state: string; n: number }>(
        'select state::text, count(*)::int as n from visit group by 1',
      )
    ).map(({ state, n }) => [state, n]),
  )
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

test('a process that is killed while it settles leaves whole batches, and the next one does the rest: nothing twice, nothing lost', async () => {
  await waiting(20, 40)
  expect(await faults()).toEqual([])
  expect(await states()).toEqual({ confirmed: 800 })
  const child = spawn(
    process.execPath,
    ['scripts/run.mjs', 'tests/support/settle-slowly.ts', house().url, TEST_NOW],
    {
      cwd: clone,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  // It says so after each batch; the first word is its last.
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const after = await states()
  expect(after['settled']).toBeGreaterThanOrEqual(250)
  expect(after['settled']).toBeLessThan(800)
  expect(await faults()).toEqual([])

  await settleDueVisits(house().deps)
  expect(await states()).toEqual({ settled: 800 })
  const [sums] = await house().asOwner(
    `select (select count(*) from payable)::int as payables, (select sum(pence) from payable)::int as owed, (select sum(balance) from ledger_account where kind = 'held')::int as held`,
  )
  expect(sums).toEqual({ payables: 800, owed: 1_600_000, held: 0 })
  expect(await faults()).toEqual([])
})
