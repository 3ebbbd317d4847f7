// The demo's people and their year, into an empty database. `npm start` runs it once, in a process of its own.
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'
import { seedDemo } from '../prisma/seed/main.ts'

const house = await openHouse(readSettings(), makeLog('warn'))
try {
  await seedDemo(house.deps)
} finally {
  await house.close()
}
