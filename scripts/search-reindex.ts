// The index at Algolia made anew, without a moment in which less is found: npm run search:reindex
import { openHouse } from '#services/composition.server.ts'
import { rebuildIndex } from '#services/discovery/push-entries.server.ts'
import { readSettings } from '#services/env.server.ts'
import { entryReaders } from '#services/jobs/entry-readers.server.ts'
import { makeLog } from '#services/log.server.ts'

const house = await openHouse(readSettings(), makeLog('warn'))
try {
  const count = await rebuildIndex(house.deps, entryReaders)
  console.log(
    count === null
      ? 'Nothing to do: no Algolia keys are set, so PostgreSQL alone searches.'
      : `The index at Algolia was made anew from ${String(count)} ${count === 1 ? 'entry' : 'entries'}.`,
  )
} finally {
  await house.close()
}
