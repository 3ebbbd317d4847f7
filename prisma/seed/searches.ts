import type { Prisma } from '#services/db/generated/client.ts'
import { CATEGORIES, type CategoryCode } from '#services/discovery/vocabulary.ts'
import type { Borough } from './borough.ts'
import { at, DAY, HOUR, type Kit } from './kit.ts'
import type { SeededService } from './services.ts'

/** What is looked for, and how often it is. The rest is looked for now and then. */
const SOUGHT: Partial<Record<CategoryCode, number>> = {
  personal_care: 14, help_at_home: 14, sitting_and_company: 8, getting_out: 8, nights: 6, day_activities: 7, short_breaks: 5,
  personal_assistant: 6, transport: 5, wellbeing: 4, meals_delivered: 3, rehabilitation_and_therapy: 3, supported_living: 3,
} // prettier-ignore
/** Where little comes, and what is short there. */
const THIN: Record<string, number> = { Moorend: 0.34, Fenside: 0.26, Lockside: 0.2, 'Quarry Bank': 0.17, 'St Anne’s': 0.14, Marlpit: 0.3, 'Withy Lane': 0.22 } // prettier-ignore
const SHORT: Partial<Record<CategoryCode, number>> = { nights: 0.4, short_breaks: 0.25, sitting_and_company: 0.12, transport: 0.12, supported_living: 0.2, shared_lives: 0.3 } // prettier-ignore
const AUDIENCES = [
  'older_people',
  'dementia',
  'learning_disability',
  'mental_health',
  'physical_disability',
  'carers',
  'autism',
]

/** A year of searches, without who made them: what was looked for, where, and whether anything could be booked. */
export function makeSearches(
  kit: Kit,
  borough: Borough,
  services: readonly SeededService[],
): Prisma.SearchEventCreateManyInput[] {
  const { rng } = kit
  const there = new Map<string, number>()
  for (const { seed, provider, published } of services)
    if (published && seed.funded !== 'commissioned')
      there.set(
        `${provider.councilId} ${seed.category}`,
        (there.get(`${provider.councilId} ${seed.category}`) ?? 0) + 1,
      )
  const categories = CATEGORIES.map(([code]) => [code, SOUGHT[code] ?? 1] as const)
  return Array.from({ length: 8_000 }, () => {
    const ward = rng.pick(borough.wards.filter((one) => one.council === 'aldermere' || rng.chance(0.7)))
    const category = rng.chance(0.8) ? rng.weighted(categories) : null
    const councilId = borough.councilId[ward.council]
    // More of them lately: people have got to know it.
    const ms = kit.nowMs - Math.floor(rng.next() ** 1.4 * 364 * DAY) - rng.int(1, 20) * HOUR
    const offers = category ? (there.get(`${councilId} ${category}`) ?? 0) : 40
    const gap = (THIN[ward.name] ?? 0.05) + (category ? (SHORT[category] ?? 0) : 0)
    const none = offers === 0 || rng.chance(Math.min(0.8, gap * 0.6))
    const results = none ? rng.weighted([[0, 6], [rng.int(1, 3), 4]]) : rng.int(1, Math.max(2, offers)) // prettier-ignore
    return {
      id: kit.id(ms),
      at: at(ms),
      councilId,
      area: rng.chance(0.6) ? ward.outcode : ward.name,
      categoryCode: category,
      audience: rng.chance(0.3) ? rng.pick(AUDIENCES) : null,
      results,
      bookable: none ? 0 : Math.max(1, results - rng.int(0, 1)),
    }
  })
}
