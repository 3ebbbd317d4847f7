// node scripts/run.mjs tests/support/settle-slowly.ts DATABASE NOW: settles what is due, batch by batch, and says so after each.
import { makeDb } from '#services/db/client.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'

const [url = '', now = ''] = globalThis.process.argv.slice(2)
const db = makeDb({ url, max: 2 })
const deps = { db, clock: { now: () => Temporal.Instant.from(now) } }
const due = await db.prisma.visit.findMany({
  where: { state: 'confirmed' },
  select: { id: true },
  orderBy: { id: 'asc' },
})
for (let from = 0; from < due.length; from += 250) {
  await settleVisits(
    deps,
    due.slice(from, from + 250).map(({ id }) => id),
  )
  console.log(`${String(from + 250)} settled`)
}
await db.close()
