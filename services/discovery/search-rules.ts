import { chooseHits } from './choose-hits.rules.ts'
import { USUAL_METRES } from './conditions.rules.ts'
import { FACTS_BYTES, FREE_WEEK_BYTES, freeFrom, readFacts } from './facts.rules.ts'
import { textQuery, wantedIn, wordsOfAll } from './query-words.rules.ts'
import { momentOf } from './ranking.rules.ts'
import { slipsIn } from './slips.rules.ts'

/** What every engine behind the search port is given: how words are understood and how results are chosen. */
export const searchRules = {
  wantedIn,
  wordsOfAll,
  slipsIn,
  textQuery,
  chooseHits,
  momentOf,
  usualMetres: USUAL_METRES,
  layout: { factsBytes: FACTS_BYTES, freeWeekBytes: FREE_WEEK_BYTES, readFacts, freeFrom },
}
