// npm run seed                 the demo, into an empty database
// npm run seed -- --scale N    N published services spread over England, for measuring
import { performance } from 'node:perf_hooks'
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'
import { seedDemo } from '../prisma/seed/main.ts'

const say = (words: string): void => void process.stdout.write(`${words}\n`)
const house = await openHouse(readSettings(), makeLog('warn'))
try {
  const began = performance.now()
  await seedDemo(house.deps)
  say(`Done in ${((performance.now() - began) / 1000).toFixed(1)} seconds.`)
} finally {
  await house.close()
}
