import type { SearchQuery } from '#services/ports/search.ts'
import { CENTRE } from '#tests/support/searched-market.ts'

const near = { point: CENTRE, label: 'here' }

/** What both engines are asked, and what has to be the same whoever answers. */
export const QUESTIONS: readonly [string, Partial<SearchQuery>][] = [
  ['everything', {}],
  ['two categories', { categories: ['nursing', 'transport'] }],
  ['two kinds on a day', { kinds: ['charity', 'cooperative'], days: [2] }],
  ['settings for audiences', { settings: ['at_home', 'online'], audiences: ['dementia', 'autism'] }],
  ['on a weekend', { days: [6, 7] }],
  ['regulated', { regulated: true }],
  ['not regulated, under £20', { regulated: false, maxPence: 2_000 }],
  ['free', { maxPence: 0 }],
  ['at most £30 an hour', { maxPence: 3_000 }],
  ['by the session', { per: 'session' }],
  ['at most £20 a session', { per: 'session', maxPence: 2_000, kinds: ['charity', 'micro_enterprise'] }],
  ['small and open', { sizes: ['one', 'two_to_nine'], open: true }],
  ['either of two languages', { languages: ['polish', 'british_sign_language'] }],
  ['no steps and a toilet', { access: ['step_free', 'accessible_toilet'] }],
  ['checked twice, a woman comes', { checks: ['dbs', 'insurance'], workers: ['woman'] }],
  [
    'what a fund pays for',
    {
      fund: {
        allowed: ['nursing', 'wellbeing', 'transport'],
        refused: ['transport'],
        accreditedOnly: false,
        ceilingPence: 2_500,
      },
    },
  ],
  [
    'accredited only',
    { fund: { allowed: [], refused: ['nights'], accreditedOnly: true, ceilingPence: null } },
  ],
  ['near', { near }],
  ['very near', { near, withinMetres: 1_500 }],
  ['near, at most £25, on a weekday', { near, maxPence: 2_500, days: [1, 2, 3, 4, 5] }],
  [
    'far, of two kinds',
    {
      near: { point: { lat: 53.7, lon: -2.4 }, label: 'there' },
      withinMetres: 30_000,
      days: [6, 7],
      kinds: ['cooperative', 'micro_enterprise'],
    },
  ],
  [
    'everything at once',
    {
      near,
      categories: ['nights', 'meals_delivered', 'wellbeing', 'advocacy'],
      settings: ['at_home', 'in_community', 'at_venue'],
      days: [1, 3, 5],
      maxPence: 3_000,
      regulated: false,
    },
  ],
  ['nowhere near', { near: { point: { lat: 50.1, lon: -5.5 }, label: 'Penwith' } }],
]
