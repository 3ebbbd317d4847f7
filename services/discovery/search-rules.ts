import { chooseHits, USUAL_METRES } from './choose-hits.rules.ts'
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
}
