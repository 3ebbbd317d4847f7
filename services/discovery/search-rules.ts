import { chooseHits, relaxed } from './choose-hits.rules.ts'
import { furtherMetres, USUAL_METRES } from './conditions.rules.ts'
import { facetsCounted } from './facets-elsewhere.rules.ts'
import { FACTS_BYTES, FACTS_LAYOUT, FREE_WEEK_BYTES, freeFrom } from './facts.rules.ts'
import { rankOfField, recordOf } from './public-record.rules.ts'
import { textQuery, wantedIn, wordsOfAll } from './query-words.rules.ts'
import { momentOf } from './ranking.rules.ts'
import { slipsIn } from './slips.rules.ts'
import { queryTerms, reviewedSynonyms, slipsAmong } from './words-elsewhere.rules.ts'

/** What every engine behind the search port is given: how words are understood and how results are chosen. */
export const searchRules = {
  elsewhere: {
    recordOf,
    facetsCounted,
    queryTerms,
    reviewedSynonyms,
    slipsAmong,
    layout: FACTS_LAYOUT,
    rankOfField,
  },
  wantedIn,
  wordsOfAll,
  slipsIn,
  textQuery,
  chooseHits,
  furtherMetres,
  relaxed,
  momentOf,
  usualMetres: USUAL_METRES,
  layout: { factsBytes: FACTS_BYTES, freeWeekBytes: FREE_WEEK_BYTES, freeFrom },
}
