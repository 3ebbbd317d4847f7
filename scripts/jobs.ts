// The worker alone, for an installation that runs several: npm run jobs
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'

const house = await openHouse(readSettings())
await house.startWorker()
house.deps.log.info('the worker is running')
await new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      resolve()
    })
})
await house.close()
