// Settings, orders and synonyms of the index at Algolia, from the lists that the search here has: npm run search:configure
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'

const house = await openHouse(readSettings(), makeLog('warn'))
try {
  const { searchIndex } = house.deps
  if (searchIndex) {
    await searchIndex.configure()
    console.log('The index at Algolia has the settings, orders and synonyms of this version.')
  } else {
    console.log('Nothing to do: no Algolia keys are set, so PostgreSQL alone searches.')
  }
} finally {
  await house.close()
}
