/** What a provider may read about a person and a visit, and in which words. Pure. */
import {
  type Temporal,
  clockTime,
  duration,
  fromDate,
  inLondon,
  londonDate,
  longDate,
} from '#services/kernel/time.ts'
import { seriesWords } from './series-words.rules.ts'
import type { Setting } from './setting-words.ts'
import type { Terms } from './terms.schema.ts'
import type { BookingState, VisitState } from './transitions.rules.ts'

/** 'AM3' of 'AM3 4TT'; null when there is none. */
export function outcodeOf(postcode: string | null): string | null {
  const found = /^([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}$/.exec((postcode ?? '').trim().toUpperCase())
  return found?.[1] ?? null
}

/** Where somebody lives as far as a provider may know before saying yes: the ward nearest to them and the outcode. */
export function areaWords(
  person: { postcode: string | null; lat: number | null; lon: number | null },
  wards: readonly { name: string; lat: number; lon: number }[],
): string {
  const { lat, lon } = person
  const narrow = lat === null ? 1 : Math.cos((lat * Math.PI) / 180)
  const ward = lat === null || lon === null ? undefined : [...wards].sort((a, b) => away(a) - away(b))[0]
  function away(at: { lat: number; lon: number }): number {
    return (at.lat - (lat ?? 0)) ** 2 + ((at.lon - (lon ?? 0)) * narrow) ** 2
  }
  const outcode = outcodeOf(person.postcode)
  if (ward && outcode) return `${ward.name} (${outcode})`
  return ward?.name ?? outcode ?? 'Area not known'
}

const BOOKED: readonly BookingState[] = ['accepted', 'paused', 'ended']
export const isBooked = (state: BookingState): boolean => BOOKED.includes(state)

/** An address is shown while somebody still has to go there: booked, and not yet over or cancelled. */
export const showsAddress = (booking: BookingState, visit: VisitState): boolean =>
  isBooked(booking) && (visit === 'planned' || visit === 'started')

/** A telephone number also while there is something to talk about. */
export const showsPhone = (booking: BookingState, visit: VisitState): boolean =>
  showsAddress(booking, visit) || (isBooked(booking) && (visit === 'delivered' || visit === 'disputed'))

export const isAtHome = (setting: Setting): boolean => setting === 'at_home' || setting === 'live_in'

/** The place of a booked visit: the person's own address where that is where it happens, else the place agreed. */
export function addressWords(
  setting: Setting,
  place: string,
  person: { addressLine: string | null; postcode: string | null },
): string {
  if (!isAtHome(setting)) return place
  const address = [person.addressLine, person.postcode].filter((part) => part !== null && part !== '')
  return address.length === 0 ? place : address.join(', ')
}

/** 'Today', 'Tomorrow', 'Friday 27 November'. */
export function dayWords(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const ahead = today.until(date, { largestUnit: 'days' }).days
  if (ahead === 0) return 'Today'
  if (ahead === 1) return 'Tomorrow'
  if (ahead === -1) return 'Yesterday'
  return longDate(date, { year: date.year !== today.year })
}

/** '10:30am to 11:30am'; a visit over midnight says so. */
export function hoursWords(startsAt: Date, endsAt: Date): string {
  const [start, end] = [inLondon(fromDate(startsAt)), inLondon(fromDate(endsAt))]
  const days = start.toPlainDate().until(end.toPlainDate(), { largestUnit: 'days' }).days
  const next =
    days === 0 ? '' : days === 1 ? ' the next morning' : ` on ${longDate(end.toPlainDate(), { year: false })}`
  return `${clockTime(start.toPlainTime())} to ${clockTime(end.toPlainTime())}${next}`
}

/** 'Tuesday 24 November, 5pm' */
export function momentWords(date: Date, today?: Temporal.PlainDate): string {
  const at = inLondon(fromDate(date))
  const day = today ? dayWords(at.toPlainDate(), today) : longDate(at.toPlainDate())
  return `${day}, ${clockTime(at.toPlainTime())}`
}

/** Full days and hours left until something runs out: '2 days left', '5 hours left', 'less than an hour left'. */
export function leftWords(now: Temporal.Instant, until: Date): string {
  const hours = Math.floor(now.until(fromDate(until)).total('hours'))
  if (hours < 0) return 'the time is over'
  if (hours < 1) return 'less than an hour left'
  const amount = hours < 48 ? hours : Math.floor(hours / 24)
  const unit = hours < 48 ? 'hour' : 'day'
  return `${String(amount)} ${unit}${amount === 1 ? '' : 's'} left`
}

export const londonDayOf = (date: Date): Temporal.PlainDate => londonDate(fromDate(date))

/** The dates of visits in words, first and last; '' when there are none. Visits come in order of time, one a week. */
export function seriesOf(visits: readonly { startsAt: Date; minutes: number }[]): string {
  const [first, last] = [visits[0], visits.at(-1)]
  if (!first || !last) return ''
  const start = inLondon(fromDate(first.startsAt))
  const days = start.toPlainDate().until(londonDayOf(last.startsAt), { largestUnit: 'days' }).days
  return seriesWords({
    firstDate: start.toPlainDate().toString(),
    time: start.toPlainTime().toString({ smallestUnit: 'minute' }),
    minutes: first.minutes,
    visits: Math.round(days / 7) + 1,
    without: [],
  })
}

const MOST_LENGTHS = 60
/** The lengths that the terms allow; one when the price is not by the hour. */
export function lengthOptions(
  terms: Pick<Terms, 'unit' | 'minMinutes' | 'maxMinutes' | 'stepMinutes'>,
  asked: number,
): { value: string; label: string }[] {
  const fixed = terms.unit !== 'hour' || terms.minMinutes === terms.maxMinutes
  if (fixed) return [{ value: String(asked), label: duration(asked) }]
  const lengths: { value: string; label: string }[] = []
  for (
    let minutes = terms.minMinutes;
    minutes <= terms.maxMinutes && lengths.length < MOST_LENGTHS;
    minutes += terms.stepMinutes
  )
    lengths.push({ value: String(minutes), label: duration(minutes) })
  return lengths
}

export interface LaneChoice {
  id: string
  name: string
  /** How many of the visits they are free for. */
  freeFor: number
}

/** Who could be sent, most free first, from the lanes free for each visit. */
export function laneChoices(
  visitIds: readonly string[],
  free: ReadonlyMap<string, readonly { id: string; name: string }[]>,
): { lanes: LaneChoice[]; nobodyFor: string[] } {
  const lanes = new Map<string, LaneChoice>()
  for (const id of visitIds)
    for (const lane of free.get(id) ?? []) {
      const entry = lanes.get(lane.id) ?? { ...lane, freeFor: 0 }
      entry.freeFor += 1
      lanes.set(lane.id, entry)
    }
  return {
    lanes: [...lanes.values()].sort((a, b) => b.freeFor - a.freeFor || a.name.localeCompare(b.name, 'en-GB')),
    nobodyFor: visitIds.filter((id) => (free.get(id) ?? []).length === 0),
  }
}
