import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { makeProvider } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

/** What Node warns of while this is done. */
async function warningsOf(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = []
  const hear = ({ message }: Error) => heard.push(message)
  process.on('warning', hear)
  try {
    await work()
    await setImmediate()
  } finally {
    process.off('warning', hear)
  }
  return heard
}

// pg warns once in a process, so this test comes first, and each file has a process of its own.
test('relations that Prisma reads in a transaction take turns on its one connection', async () => {
  const { deps } = house()
  const { providerId } = await makeProvider(deps, { lanes: 2 })
  const warnings = await warningsOf(() =>
    deps.db.tx(async (tx) => {
      const provider = await tx.provider.findUniqueOrThrow({
        where: { id: providerId },
        include: { checks: true, lanes: true, members: true, services: true, places: true },
      })
      expect([provider.checks.length, provider.lanes.length, provider.members.length]).toEqual([1, 2, 2])
    }),
  )
  expect(warnings).toEqual([])
})

test('after a statement that fails the connection is fit for the next transaction', async () => {
  const { deps } = house()
  await expect(deps.db.tx((tx) => tx.$queryRaw`select 1 / 0`)).rejects.toThrow('division by zero')
  const all = Array.from({ length: 40 }, () => deps.db.tx((tx) => tx.$queryRaw`select 3 as three`))
  expect(await Promise.all(all)).toEqual(all.map(() => [{ three: 3 }]))
})
