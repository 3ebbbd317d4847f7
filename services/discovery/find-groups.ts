import type { Facet, FacetName, SearchAnswer } from '#services/ports/search.ts'
import { type Temporal, shortDate } from '#services/kernel/time.ts'
import { DAYS, inPounds, MILES, type Typed } from './find.schema.ts'
import {
  hourWords,
  mostWords,
  perWords,
  type SeveralName,
  startingWords,
  USUAL_MILES,
  VALUE_WORDS,
  withinWords,
} from './filter-words.ts'

interface Choice {
  value: string
  label: string
}
export interface Group {
  title: string
  name: string
  single: boolean
  chosen: string[]
  open: boolean
  options: { value: string; label: string; count?: number }[]
  /** Hours of the day and from when on, beside the days. */
  times: {
    from: Choice[]
    until: Choice[]
    starting: Choice[]
    chosen: Pick<Typed, 'from' | 'until' | 'starting'>
  } | null
}

/** What the filters need to know beside the answer. */
export interface GroupsAsked {
  near: boolean
  today: Temporal.PlainDate
  /** Somebody's own funds, when they are signed in and may see them. */
  funds: readonly { id: string; name: string }[]
}

const EARLIEST = 6
const LATEST = 23

/** Filters with how many each would leave. What would leave nothing is not offered, unless it is on. */
export function groupsOf(
  typed: Typed,
  answer: SearchAnswer | null,
  { near, today, funds }: GroupsAsked,
): Group[] {
  const facets = answer?.facets
  const options = (facet: readonly Facet[], chosen: readonly string[], words: (code: string) => string) =>
    facet
      .filter(({ value, count }) => count > 0 || chosen.includes(value))
      .map(({ value, count }) => ({ value, label: words(value), count }))
  const group = (title: string, name: SeveralName & FacetName, open = false): Group => ({
    title,
    name,
    single: false,
    chosen: typed[name],
    open: open || typed[name].length > 0,
    options: options(facets?.[name] ?? [], typed[name], VALUE_WORDS[name]),
    times: null,
  })
  const one = (
    title: string,
    name: 'max' | 'per' | 'regulated' | 'within' | 'open' | 'fund',
    some: Group['options'],
  ): Group => ({
    title,
    name,
    single: true,
    chosen: [typed[name]],
    open: typed[name] !== '',
    options: some,
    times: null,
  })
  const prices = (facets?.max ?? []).map(({ value, count }) => ({ value: inPounds(Number(value)), count }))
  const otherPrice = typed.max !== '' && !prices.some(({ value }) => value === typed.max)
  const pricedBy = options(facets?.per ?? [], [typed.per], perWords)
  const open = options(facets?.open ?? [], [typed.open], () => 'Takes new people now')
  const groups: (Group | null)[] = [
    group('What they do', 'category', true),
    group('Who it is for', 'for'),
    group('Where it happens', 'setting'),
    near
      ? one('How far you would go', 'within', [
          { value: '', label: `${String(USUAL_MILES)} miles, as usual` },
          ...[...new Set([...MILES.map(String), ...(typed.within === '' ? [] : [typed.within])])]
            .filter((value) => value !== String(USUAL_MILES))
            .sort((a, b) => Number(a) - Number(b))
            .map((value) => ({ value, label: withinWords(value) })),
        ])
      : null,
    when(typed, facets?.day ?? [], today),
    open.length > 0 ? { ...one('New people', 'open', open), single: false } : null,
    funds.length > 0
      ? one('Which of your funds should pay', 'fund', [
          { value: '', label: 'Any, or none' },
          ...funds.map(({ id, name }) => ({ value: id, label: name })),
        ])
      : null,
    one('Price', 'max', [
      { value: '', label: 'Any price' },
      ...(otherPrice ? [{ value: typed.max, label: mostWords(typed.max, typed.per) }] : []),
      ...options(prices, [typed.max], (max) => mostWords(max, typed.per)),
    ]),
    one(
      'What the price is for',
      'per',
      pricedBy.length === 0 ? [] : [{ value: '', label: 'Any' }, ...pricedBy],
    ),
    group('Getting in and taking part', 'access'),
    group('Languages', 'language'),
    group('Who comes', 'worker'),
    group('What somebody has checked', 'checked'),
    group('Kind of provider', 'kind'),
    group('Size of provider', 'size'),
    one('Registered with CQC', 'regulated', [
      { value: '', label: 'Either' },
      ...options(facets?.regulated ?? [], [typed.regulated], (value) =>
        value === 'yes' ? 'Registered' : 'Not registered',
      ),
    ]),
  ]
  return groups.flatMap((one) => (one && one.options.length > 0 ? [one] : []))
}

/** Days with how many are offered, or free at the hours that were asked for, on each. */
function when(typed: Typed, facet: readonly Facet[], today: Temporal.PlainDate): Group {
  const { from, until, starting } = typed
  const hours = (first: number, last: number): Choice[] =>
    Array.from({ length: last - first + 1 }, (_, at) => ({
      value: String(first + at),
      label: hourWords(first + at),
    }))
  const also = (choices: Choice[], chosen: string, words: (value: string) => string): Choice[] =>
    chosen === '' || choices.some(({ value }) => value === chosen)
      ? choices
      : [...choices, { value: chosen, label: words(chosen) }]
  const monday = today.add({ days: 8 - today.dayOfWeek })
  const month = today.with({ day: 1 }).add({ months: 1 })
  const later: Choice[] = [
    { value: monday.toString(), label: `Next week, from ${shortDate(monday)}` },
    { value: month.toString(), label: `Next month, from ${shortDate(month)}` },
  ]
  const hour = (value: string): string => hourWords(Number(value))
  return {
    title: 'When',
    name: 'day',
    single: false,
    chosen: typed.day,
    open: typed.day.length > 0 || from !== '' || until !== '' || starting !== '',
    options: facet
      .map(({ value, count }) => ({ value: DAYS[Number(value) - 1] ?? '', count }))
      .filter(({ value, count }) => count > 0 || typed.day.includes(value))
      .map(({ value, count }) => ({ value, label: VALUE_WORDS.day(value), count })),
    times: {
      from: [{ value: '', label: 'Any time' }, ...also(hours(EARLIEST, LATEST), from, hour)],
      until: [{ value: '', label: 'Any time' }, ...also(hours(EARLIEST + 1, LATEST + 1), until, hour)],
      starting: [{ value: '', label: 'Within a week' }, ...also(later, starting, startingWords)],
      chosen: { from, until, starting },
    },
  }
}
