// npm run seed                 the demo, into an empty database
// npm run seed -- --scale N    N published services spread over England, for measuring
import { parseArgs } from 'node:util'
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'
import { seedDemo } from '../prisma/seed/main.ts'
import { seedScale } from '../prisma/seed/scale.ts'

const say = (words: string): void => void process.stdout.write(`${words}\n`)
const { values } = parseArgs({ options: { scale: { type: 'string' } }, allowPositionals: true })
const scale = values.scale === undefined ? null : Number(values.scale)
if (scale !== null && !(Number.isInteger(scale) && scale > 0 && scale <= 1_000_000)) {
  process.stderr.write('Say how many services, as a whole number: npm run seed -- --scale 10000\n')
  process.exit(2)
}
const house = await openHouse(readSettings(), makeLog('error'))
try {
  const began = process.hrtime.bigint()
  const done = scale === null ? await seedDemo(house.deps) : await seedScale(house.deps, scale, say)
  const seconds = (Number(process.hrtime.bigint() - began) / 1e9).toFixed(1)
  if (done === false) say('Nothing was added: this database is not empty.')
  else say(`Done in ${seconds} seconds.`)
} finally {
  await house.close()
}
