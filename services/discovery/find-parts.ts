import { miles as milesWords, METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { pounds } from '#services/kernel/money.ts'
import type { Facet, FilterName, SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import { DAYS, findHref, inPounds, MILES, type Typed } from './find.schema.ts'
import { USUAL_UNIT } from './choose-hits.rules.ts'
import { audienceName, categoryName, perUnit, providerKindName, settingName } from './vocabulary.ts'
import { either } from './wording.ts'

/** A link with words. */
export interface Way {
  label: string
  href: string
}
export interface Group {
  title: string
  name: string
  single: boolean
  chosen: string[]
  open: boolean
  options: { value: string; label: string; count?: number }[]
}

const MAX_MILES = 100
const USUAL_MILES = 10
const dayWords = (day: string): string => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}s`
const mostWords = (max: string, per: string): string =>
  max === '0'
    ? 'Free'
    : `${per === '' ? 'Free, or up to' : 'Up to'} ${pounds(Number(max) * 100)} for ${perUnit(per === '' ? USUAL_UNIT : per)}`
const perWords = (per: string): string => `A price for ${perUnit(per)}`
const within = (miles: string): string =>
  `Within ${milesWords(Number(miles) * METRES_IN_A_MILE).replace('.0', '')}`

/** 'Personal care near Millgate', '“gardening” near OL1', 'Support near you'. */
export function headingOf(typed: Typed, place: { label: string } | null): string {
  const categories = typed.category.map((code, i) =>
    i === 0 ? categoryName(code) : categoryName(code).toLowerCase(),
  )
  const what =
    typed.q !== ''
      ? `“${typed.q}”`
      : categories.length > 0
        ? either(categories.slice(0, 3))
        : typed.max === '0'
          ? 'Free support'
          : 'Support'
  return place ? `${what} near ${place.label}` : what
}

const services = (count: number): string => (count === 1 ? '1 fits' : `${count.toLocaleString('en-GB')} fit`)

/** '23 fit. They come to you, or are within 5 miles.' */
export function leadOf(query: SearchQuery, place: { label: string } | null, { total }: SearchAnswer): string {
  if (total === 0) return 'Nothing fits all of that yet.'
  const far = milesWords(query.withinMetres ?? USUAL_MILES * METRES_IN_A_MILE).replace('.0', '')
  const where = place ? ` They come to ${place.label}, are within ${far} of it, or happen online.` : ''
  return `${services(total)}.${where}`
}

/** What was made of the words, so that nobody wonders. */
export function notesOf(answer: SearchAnswer | null): string[] {
  if (!answer) return []
  const { corrected, unknown, loosely } = answer.words
  const list = (words: readonly string[]) => either(words.map((word) => `“${word}”`)).replace(' or ', ' and ')
  return [
    ...(corrected.length > 0
      ? [
          `We looked for ${list(corrected.map(({ used }) => used))}, not ${list(corrected.map(({ typed }) => typed))}.`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `Nothing here mentions ${list(unknown)}.${answer.total > 0 ? ' What follows is the nearest there is.' : ''}`,
        ]
      : []),
    ...(loosely ? ['Nothing holds all of your words, so these hold some of them.'] : []),
  ]
}

/** What prices are compared with what: never an hour with a day. */
export function priceNotes(typed: Typed, answer: SearchAnswer | null): string[] {
  if (!answer || typed.per !== '') return []
  const others = answer.facets.per.filter(({ value, count }) => value !== USUAL_UNIT && count > 0)
  const units = either(others.slice(0, 4).map(({ value }) => perUnit(value)))
  const most =
    typed.max !== '' && typed.max !== '0' && others.length > 0
      ? [
          `£${typed.max} is compared with prices for ${perUnit(USUAL_UNIT)}. Prices for ${units} are left out: choose one of them under “What the price is for”.`,
        ]
      : []
  const sorted =
    typed.sort === 'price' && typed.max === ''
      ? [
          'Prices for different things are not compared. What is free comes first, then prices for an hour, a visit, a day and so on, each from the lowest.',
        ]
      : []
  return [...most, ...sorted]
}

/** What is on, each taken off by a press. */
export function chipsOf(typed: Typed): { label: string; href: string; on: true }[] {
  const chips: { label: string; href: string; on: true }[] = []
  const several = (
    name: 'category' | 'kind' | 'setting' | 'for' | 'day',
    words: (code: string) => string,
  ): void => {
    for (const code of typed[name])
      chips.push({
        label: words(code),
        href: findHref(typed, { [name]: typed[name].filter((other) => other !== code) }),
        on: true,
      })
  }
  const one = (name: 'within' | 'regulated' | 'per' | 'max', label: string): void => {
    if (typed[name] !== '') chips.push({ label, href: findHref(typed, { [name]: '' }), on: true })
  }
  several('category', categoryName)
  several('for', audienceName)
  several('setting', settingName)
  several('day', dayWords)
  several('kind', providerKindName)
  one('within', within(typed.within))
  // Once the most is said, it says what it is for.
  if (typed.max === '') one('per', typed.per === '' ? '' : perWords(typed.per))
  else
    chips.push({
      label: mostWords(typed.max, typed.per),
      href: findHref(typed, { max: '', per: '' }),
      on: true,
    })
  one('regulated', typed.regulated === 'yes' ? 'Registered with CQC' : 'Not registered with CQC')
  return chips
}

/** Filters with how many each would leave. What would leave nothing is not offered, unless it is on. */
export function groupsOf(typed: Typed, answer: SearchAnswer | null, near: boolean): Group[] {
  const facets = answer?.facets
  const options = (facet: readonly Facet[], chosen: readonly string[], words: (code: string) => string) =>
    facet
      .filter(({ value, count }) => count > 0 || chosen.includes(value))
      .map(({ value, count }) => ({ value, label: words(value), count }))
  const group = (
    title: string,
    name: 'category' | 'kind' | 'setting' | 'for',
    words: (code: string) => string,
    open = false,
  ): Group => ({
    title,
    name,
    single: false,
    chosen: typed[name],
    open: open || typed[name].length > 0,
    options: options(facets?.[name] ?? [], typed[name], words),
  })
  const days = (facets?.day ?? []).map(({ value, count }) => ({
    value: DAYS[Number(value) - 1] ?? '',
    count,
  }))
  const prices = (facets?.max ?? []).map(({ value, count }) => ({ value: inPounds(Number(value)), count }))
  const otherPrice = typed.max !== '' && !prices.some(({ value }) => value === typed.max)
  const pricedBy = options(facets?.per ?? [], [typed.per], perWords)
  const groups: Group[] = [
    group('What they do', 'category', categoryName, true),
    group('Who it is for', 'for', audienceName),
    group('Where it happens', 'setting', settingName),
    {
      title: 'When',
      name: 'day',
      single: false,
      chosen: typed.day,
      open: typed.day.length > 0,
      options: options(days, typed.day, dayWords),
    },
    {
      title: 'Price',
      name: 'max',
      single: true,
      chosen: [typed.max],
      open: typed.max !== '',
      options: [
        { value: '', label: 'Any price' },
        ...(otherPrice ? [{ value: typed.max, label: mostWords(typed.max, typed.per) }] : []),
        ...options(prices, [typed.max], (max) => mostWords(max, typed.per)),
      ],
    },
    {
      title: 'What the price is for',
      name: 'per',
      single: true,
      chosen: [typed.per],
      open: typed.per !== '',
      options: pricedBy.length === 0 ? [] : [{ value: '', label: 'Any' }, ...pricedBy],
    },
    group('Kind of provider', 'kind', providerKindName),
    {
      title: 'Registered with CQC',
      name: 'regulated',
      single: true,
      chosen: [typed.regulated],
      open: typed.regulated !== '',
      options: [
        { value: '', label: 'Either' },
        ...options(facets?.regulated ?? [], [typed.regulated], (value) =>
          value === 'yes' ? 'Registered' : 'Not registered',
        ),
      ],
    },
  ]
  if (near)
    groups.splice(3, 0, {
      title: 'How far you would go',
      name: 'within',
      single: true,
      chosen: [typed.within],
      open: typed.within !== '',
      options: [
        { value: '', label: `${String(USUAL_MILES)} miles, as usual` },
        ...[...new Set([...MILES.map(String), ...(typed.within === '' ? [] : [typed.within])])]
          .filter((value) => value !== String(USUAL_MILES))
          .sort((a, b) => Number(a) - Number(b))
          .map((value) => ({ value, label: within(value) })),
      ],
    })
  return groups.filter(({ options: some }) => some.length > 0)
}

const WITHOUT: Readonly<Record<Exclude<FilterName, 'within'>, string>> = {
  category: 'Any kind of support',
  kind: 'Any kind of provider',
  setting: 'Wherever it happens',
  for: 'For anybody',
  day: 'Any day',
  regulated: 'Registered or not',
  per: 'Priced in any way',
  max: 'Any price',
}

/** Wider searches with how many more each brings, most first; one condition is eased at a time. */
export function wider(query: SearchQuery, typed: Typed, { relax }: SearchAnswer): Way[] {
  const miles = Math.min(
    MAX_MILES,
    2 * ((query.withinMetres ?? USUAL_MILES * METRES_IN_A_MILE) / METRES_IN_A_MILE),
  )
  return relax.map(({ filter, more }) => {
    const far = String(Number(miles.toFixed(2)))
    const label = filter === 'within' ? `Up to ${far} miles` : WITHOUT[filter]
    const none = Array.isArray(typed[filter]) ? [] : ''
    const href = findHref(typed, { [filter]: filter === 'within' ? far : none })
    return { label: `${label}: ${String(more)} more`, href }
  })
}

const NO_FILTERS = {
  category: [],
  kind: [],
  setting: [],
  for: [],
  day: [],
  within: '',
  regulated: '',
  per: '',
  max: '',
} satisfies Partial<Typed>

export const withoutWords = (typed: Typed): Way => ({
  label: `Without “${typed.q}”`,
  href: findHref(typed, { q: '' }),
})
export const withoutPlace = (typed: Typed): Way => ({
  label: 'Anywhere',
  href: findHref(typed, { near: '', within: '' }),
})
export const withoutFilters = (typed: Typed): Way => ({
  label: typed.near === '' ? 'Anywhere, without any filter' : 'Without any filter',
  href: findHref(typed, { ...NO_FILTERS, within: typed.within }),
})
export const everything = ({ near }: SearchQuery, typed: Typed): Way => ({
  label: near ? `Everything near ${near.label}` : 'Everything',
  href: findHref(typed, { ...NO_FILTERS, within: typed.within, q: '' }),
})
