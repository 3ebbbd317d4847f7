/** One result of a search in Easy Read: the few facts that somebody chooses by. Pure. */
import { ratingCode } from '#services/discovery/card.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { Temporal, clockTime, inLondon, longDate } from '#services/kernel/time.ts'
import type { SearchHit } from '#services/ports/search.ts'
import type { EasyLine } from './lines.ts'
import { costs, line, lines } from './say.ts'
import { FEWER_THAN_3, ratingLine } from './service-trust.rules.ts'
import { kindLines, settingLine } from './support.ts'

const FEWEST_VOICES = 3
const VERY_NEAR_METRES = 800

/** 'Tuesday 3 March at 9am' */
export function dayAndTime(epochMilliseconds: number): string {
  const at = inLondon(Temporal.Instant.fromEpochMilliseconds(epochMilliseconds))
  return `${longDate(at.toPlainDate(), { year: false })} at ${clockTime(at.toPlainTime())}`
}

function nearLine({ metres, comesToYou, setting, placeName }: SearchHit): EasyLine | null {
  if (comesToYou || setting === 'online') return null
  if (metres === null) return placeName === null ? null : line('place', `It is in ${placeName}.`)
  if (metres < VERY_NEAR_METRES) return line('near', 'It is very near.')
  const miles = Math.max(1, Math.round(metres / METRES_IN_A_MILE))
  return line('near', `It is about ${miles === 1 ? '1 mile' : `${String(miles)} miles`} away.`)
}

function priceLine({ free, pricePence, priceUnit }: SearchHit): EasyLine {
  if (free) return line('free', 'It is free for you.')
  return pricePence === null
    ? line('price', 'There is no price here yet.')
    : line('price', costs(pricePence, priceUnit))
}

function whenLine({ nextFreeAt, bookable, free }: SearchHit): EasyLine | null {
  if (nextFreeAt !== null)
    return line(
      'day_free',
      `${free ? 'The next one is' : 'They are next free'} on ${dayAndTime(nextFreeAt)}.`,
    )
  return bookable ? line('wait', 'They have no free time in the next 60 days.') : null
}

function saidLine({ experience, experienceCount }: SearchHit): EasyLine {
  if (experienceCount < FEWEST_VOICES) return line('say', FEWER_THAN_3)
  const good = (experience[3] ?? 0) + (experience[4] ?? 0)
  return line('say', `${String(good)} of ${String(experienceCount)} people said: I was in control.`)
}

/** A service, or a place that nobody has claimed: then only what the register says, and that it is the register's. */
export function resultLines(hit: SearchHit): EasyLine[] {
  const rating = ratingLine(ratingCode(hit.rating, hit.regulated))
  if (hit.entryKind === 'place')
    return lines(
      kindLines(hit.category),
      nearLine(hit),
      rating,
      line('page', 'We only know what is on CQC’s list. They are not with Kith yet.'),
    )
  return lines(
    kindLines(hit.category)[0],
    settingLine(hit.setting, hit.category, hit.providerName),
    nearLine(hit),
    priceLine(hit),
    whenLine(hit),
    saidLine(hit),
    rating,
  )
}

/** A result as its card needs it, in Easy Read. */
export interface EasyResult {
  key: string
  href: string
  title: string
  provider: { id: string; name: string; kind: string }
  lines: EasyLine[]
  /** It is a service that can be kept. */
  mayKeep: boolean
  /** Its page has an Easy Read form. */
  easy: boolean
}

export const resultOf = (hit: SearchHit): EasyResult => {
  const isPlace = hit.entryKind === 'place'
  return {
    key: hit.id,
    href: isPlace ? `/providers/${hit.providerSlug}` : `/easy/services/${hit.slug}`,
    title: hit.title,
    provider: { id: hit.providerId, name: hit.providerName, kind: hit.providerKind },
    lines: resultLines(hit),
    mayKeep: !isPlace,
    easy: !isPlace,
  }
}
