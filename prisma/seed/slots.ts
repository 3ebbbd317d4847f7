import type { CategoryCode } from '#services/discovery/vocabulary.ts'
import { metresBetween, type Kit } from './kit.ts'
import type { SeededPerson } from './people.ts'
import type { ProfileName } from './people-list.ts'
import type { SeededService } from './services.ts'

/** A standing arrangement: the same support at the same time, every week or now and then. */
export interface Slot {
  person: SeededPerson
  service: SeededService
  /** ISO weekday. */
  weekday: number
  startMinute: number
  minutes: number
  /** Weeks between visits; 1 is a weekly series, more are single visits. */
  every: number
}

interface Want {
  from: readonly CategoryCode[]
  times: readonly [number, number]
  chance?: number
  every?: number
  minutes?: readonly number[]
}

const PACKAGES: Record<ProfileName, readonly Want[]> = {
  frail: [
    { from: ['personal_care'], times: [1, 2], minutes: [45, 60] },
    { from: ['help_at_home'], times: [1, 1], chance: 0.4 },
    { from: ['meals_delivered'], times: [1, 1], chance: 0.3 },
    { from: ['sitting_and_company', 'getting_out'], times: [1, 1], chance: 0.3 },
    { from: ['transport'], times: [1, 1], chance: 0.3, every: 4 },
  ],
  stroke: [
    { from: ['personal_care'], times: [1, 2], minutes: [45, 60] },
    { from: ['wellbeing', 'rehabilitation_and_therapy'], times: [1, 1] },
    { from: ['getting_out', 'day_activities'], times: [1, 1], chance: 0.7 },
    { from: ['rehabilitation_and_therapy'], times: [1, 1], chance: 0.5, every: 4 },
  ],
  dementia: [
    { from: ['personal_care'], times: [1, 2], minutes: [60] },
    { from: ['day_activities'], times: [1, 1] },
    { from: ['sitting_and_company'], times: [1, 1], chance: 0.6, minutes: [120] },
  ],
  learning: [
    { from: ['supported_living'], times: [1, 2], minutes: [120, 180] },
    { from: ['day_activities'], times: [1, 1] },
    { from: ['getting_out'], times: [1, 1], chance: 0.6, minutes: [120] },
    { from: ['shared_lives', 'short_breaks'], times: [1, 1], chance: 0.3, every: 5 },
  ],
  young: [
    { from: ['personal_assistant', 'getting_out'], times: [1, 2], minutes: [120] },
    { from: ['learning_and_skills', 'employment_support'], times: [1, 1] },
    { from: ['day_activities'], times: [1, 1], chance: 0.4 },
  ],
  mind: [
    { from: ['peer_support', 'help_at_home'], times: [1, 1] },
    { from: ['day_activities', 'getting_out'], times: [1, 1], chance: 0.6 },
    { from: ['employment_support'], times: [1, 1], chance: 0.8 },
    { from: ['supported_living'], times: [1, 1], chance: 0.3, minutes: [120] },
  ],
  physical: [
    { from: ['personal_assistant'], times: [1, 1], minutes: [120, 180] },
    { from: ['personal_care'], times: [1, 1], chance: 0.6, minutes: [60] },
    { from: ['help_at_home'], times: [1, 1], chance: 0.4 },
    { from: ['transport'], times: [1, 1], chance: 0.4, every: 3 },
    { from: ['equipment_and_adaptations', 'technology'], times: [1, 1], every: 16 },
    { from: ['employment_support'], times: [1, 1], chance: 0.4 },
  ],
  carer: [
    { from: ['wellbeing'], times: [1, 1], every: 2 },
    { from: ['carers_support', 'help_at_home'], times: [1, 1], every: 3 },
    { from: ['short_breaks'], times: [1, 1], chance: 0.7, every: 20 },
  ],
  nights: [
    { from: ['nights'], times: [1, 1] },
    { from: ['personal_care'], times: [1, 1], minutes: [60] },
    { from: ['nursing'], times: [1, 1], chance: 0.5, every: 2 },
  ],
  illness: [
    { from: ['help_at_home'], times: [1, 1] },
    { from: ['personal_care'], times: [1, 2], chance: 0.6, minutes: [45, 60] },
    { from: ['wellbeing', 'rehabilitation_and_therapy'], times: [1, 1], chance: 0.6, every: 2 },
    { from: ['meals_delivered'], times: [1, 1], chance: 0.4 },
    { from: ['direct_payment_support', 'brokerage_and_planning'], times: [1, 1], chance: 0.3, every: 12 },
  ],
}

/** Larger firms get more of the work, as they do; the quilt still has many pieces. */
const DRAW: Record<string, number> = {
  'castle-homecare': 6, 'moorend-living': 4, 'saltergate-home-care': 4, 'weavers-care': 4, 'lantern-living': 3,
  'bright-kettle': 3, 'quarry-house': 3, 'harrow-carers': 2, 'haugh-hands': 3, 'otter-swim-buddies': 2,
} // prettier-ignore

/** Arrangements that pages of the design show. */
const GIVEN: Record<string, readonly (readonly [string, number, number, number, number?])[]> = {
  'Joan Ellery': [
    ['morning-help-at-home-weavers-care', 1, 540, 60],
    ['morning-help-with-your-exercises-weavers-care', 3, 540, 60],
    ['exercise-group-after-illness-bright-kettle', 4, 630, 60],
    ['swim-with-a-buddy-otter-swim-buddies', 5, 660, 60, 2],
  ],
  'Tariq Iqbal': [
    ['swim-with-a-buddy-otter-swim-buddies', 1, 630, 60],
    ['home-care-in-your-language-st-annes-home-care', 2, 480, 45],
    ['home-care-in-your-language-st-annes-home-care', 5, 480, 45],
  ],
  'Jamie Calloway': [
    ['out-and-about-in-your-twenties-tom-hargreave', 3, 840, 180],
    ['getting-ready-for-college-old-town-learning', 5, 600, 180],
    ['personal-assistant-for-young-people-tom-hargreave', 6, 660, 180],
  ],
  'Kyle Benton': [
    ['market-stall-team-lockside-growers', 5, 600, 180],
    ['support-in-the-home-you-have-quarry-house', 2, 960, 120],
    ['support-in-the-home-you-have-quarry-house', 7, 660, 120],
  ],
  'Callum Brierley': [
    ['a-peer-to-see-you-through-open-door-aldermere', 2, 1020, 60],
    ['open-pottery-morning-clay-and-company', 4, 630, 150],
  ],
  'Beverley Stokes': [
    ['massage-at-home-quiet-hour', 2, 660, 60, 3],
    ['evening-for-carers-clay-and-company', 3, 1110, 120, 2],
  ],
}

/** What each person has every week, chosen from what there is in their borough. */
export function makeSlots(
  kit: Kit,
  people: readonly SeededPerson[],
  services: readonly SeededService[],
): Slot[] {
  const { rng } = kit
  const bookable = services.filter(
    (service) => service.published && service.seed.price && service.terms.unit !== 'week',
  )
  return people.flatMap((person): Slot[] => {
    const given = GIVEN[person.seed.name]
    if (given)
      return given.map(([slug, weekday, startMinute, minutes, every = 1]) => {
        const service = services.find((one) => one.slug === slug)
        if (!service) throw new Error(`No service ${slug}`)
        return { person, service, weekday, startMinute, minutes, every }
      })
    const slots: Slot[] = []
    for (const want of PACKAGES[person.seed.profile]) {
      if (!rng.chance(want.chance ?? 1)) continue
      const fits = bookable.filter((one) => want.from.includes(one.seed.category) && reaches(one, person))
      if (fits.length === 0) continue
      const service = rng.weighted(
        fits.map((one) => [one, (DRAW[one.seed.by] ?? 1) * suits(one, person)] as const),
      )
      const days = rng.shuffled([...new Set(service.hours.map((rule) => rule.weekday))])
      const times = Math.min(rng.int(...want.times), days.length)
      const minutes = lengthOf(rng.pick(want.minutes ?? [service.terms.minMinutes]), service)
      for (const weekday of days.slice(0, times)) {
        const rule = service.hours.find((one) => one.weekday === weekday)
        if (!rule) continue
        const startMinute = startWithin(rng, rule, minutes)
        slots.push({ person, service, weekday, startMinute, minutes, every: want.every ?? 1 })
      }
    }
    return slots
  })
}

/** On the half hour, inside the hours; where somebody is always there, in the day. */
export function startWithin(
  rng: Kit['rng'],
  rule: { fromMinute: number; untilMinute: number },
  minutes: number,
): number {
  const first = rule.fromMinute === 0 ? 480 : rule.fromMinute
  const last = Math.max(first, Math.min(rule.untilMinute - minutes, rule.fromMinute === 0 ? 1_080 : 1_410))
  return first + 30 * rng.int(0, Math.floor((last - first) / 30))
}

const lengthOf = (wanted: number, { terms }: SeededService): number => {
  const steps = Math.round((Math.max(wanted, terms.minMinutes) - terms.minMinutes) / terms.stepMinutes)
  return Math.min(terms.maxMinutes, terms.minMinutes + steps * terms.stepMinutes)
}
const NEEDS: Record<ProfileName, readonly string[]> = {
  frail: ['older_people'], stroke: ['brain_injury'], dementia: ['dementia'], learning: ['learning_disability', 'autism'],
  young: ['young_adults', 'autism'], mind: ['mental_health'], physical: ['physical_disability'], carer: ['carers'],
  nights: ['long_term_condition', 'older_people'], illness: ['long_term_condition'],
} // prettier-ignore
const suits = (service: SeededService, { seed }: SeededPerson): number =>
  service.seed.for.some((one) => NEEDS[seed.profile].includes(one)) ? 4 : 0.5

/** Their own borough's providers, within the area that is served. */
function reaches(service: SeededService, person: SeededPerson): boolean {
  if (service.provider.councilId !== person.councilId) return false
  if (service.seed.setting === 'at_venue' || service.seed.setting === 'online') return true
  return metresBetween(service.provider.address.point, person) <= (service.seed.miles ?? 5) * 1_609
}
