import { z } from 'zod'
import { parsePounds, type Pence } from '#services/kernel/money.ts'
import { dayName } from '#services/kernel/time.ts'
import { FILTERS, SORTS, type Sort } from '#services/ports/search.ts'
import { ACCESS } from '#services/catalogue/access.ts'
import {
  AUDIENCES,
  CATEGORIES,
  CHECKS,
  codesOf,
  LANGUAGES,
  PRICE_UNITS,
  PROVIDER_KINDS,
  SETTINGS,
  SIZES,
  WORKERS,
} from './vocabulary.ts'
import { storable } from './words.rules.ts'

export const MOST_LETTERS = 200
const MOST_PLACE_LETTERS = 80
export const MOST_PAGES = 500
/** More of one kind of value than there are codes is no search. */
const MOST_VALUES = 60
export const MILES = [1, 2, 5, 10, 20, 50] as const
export const DAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => dayName(day).toLowerCase())

/** As it stood in the address, for the fields of the form. */
export interface Typed {
  q: string
  near: string
  within: string
  category: string[]
  kind: string[]
  setting: string[]
  for: string[]
  day: string[]
  /** Hours of the day, and the day from which on. */
  from: string
  until: string
  starting: string
  size: string[]
  language: string[]
  access: string[]
  checked: string[]
  worker: string[]
  open: string
  fund: string
  regulated: string
  per: string
  max: string
  sort: string
  page: string
}
export type TypedName = keyof Typed

/** What can be searched for; what was wrong is left out and told. */
export interface Wish {
  text: string
  near: string
  withinMiles: number | null
  categories: string[]
  kinds: string[]
  settings: string[]
  audiences: string[]
  days: number[]
  hours: { from: number; until: number; all: boolean } | null
  /** ISO day; null for now. */
  starting: string | null
  sizes: string[]
  languages: string[]
  access: string[]
  checks: string[]
  workers: string[]
  open: boolean
  /** Id of the fund that is to pay; whose it is has to be asked. */
  fund: string | null
  regulated: boolean | null
  maxPence: Pence | null
  per: string | null
  sort: Sort
  page: number
}
export interface FindParams {
  typed: Typed
  wish: Wish
  /** Sentences by field. */
  errors: Partial<Record<TypedName, string>>
}

const oneLine = (text: string): string =>
  storable(text)
    // U+FFFD is what stands in an address for half a character.
    .replace(/[\p{Cc}\p{Cf}\ufffd]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const text = z.string().transform(oneLine)
const words = text.pipe(
  z.string().max(MOST_LETTERS, `Use fewer words: ${String(MOST_LETTERS)} letters at most.`),
)
const place = text.pipe(
  z.string().max(MOST_PLACE_LETTERS, 'Use a postcode, such as AL1 2AB, or the name of a place.'),
)
const MILES_WANTED = 'Choose a distance from 1 to 100 miles.'
const NO_SUCH_PAGE = 'There is no such page of results. This is the first.'
const blank = z.literal('').transform(() => null)
const miles = z.union(
  [
    blank,
    z
      .string()
      .regex(/^\d{1,3}(\.\d{1,2})?$/)
      .transform(Number)
      .pipe(z.number().min(0.1, MILES_WANTED).max(100, MILES_WANTED)),
  ],
  { error: MILES_WANTED },
)
const most = z.union(
  [
    blank,
    z.literal('free').transform(() => 0 as Pence),
    z
      .string()
      .transform(parsePounds)
      .pipe(z.custom<Pence>((value) => typeof value === 'number' && value <= 1_000_000)),
  ],
  { error: 'Enter the most you want to pay in pounds, such as 25.' },
)
const yesNo = z.union([blank, z.enum(['yes', 'no']).transform((value) => value === 'yes')], {
  error: 'Choose yes, no or either.',
})
const hour = z.union(
  [
    blank,
    z
      .string()
      .regex(/^\d{1,2}$/)
      .transform(Number)
      .pipe(z.number().max(24)),
  ],
  {
    error: 'Choose an hour from the list.',
  },
)
const isoDay = z.union([blank, z.iso.date()], { error: 'Choose from when on, from the list.' })
const yes = z.union([z.literal('').transform(() => false), z.literal('yes').transform(() => true)], {
  error: 'Tick the box, or leave it.',
})
const fundId = z.union([blank, z.uuid()], { error: 'Choose one of your funds from the list.' })
const unit = z.union([blank, z.enum([...codesOf(PRICE_UNITS)])], {
  error: 'Choose what the price is for from the list.',
})
const sort = z.union([z.literal('').transform((): Sort => 'best'), z.enum(SORTS)], {
  error: 'Choose one of the orders in the list.',
})
const page = z.union(
  [
    z.literal('').transform(() => 1),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .pipe(z.number().min(1, NO_SUCH_PAGE).max(MOST_PAGES, NO_SUCH_PAGE)),
  ],
  { error: NO_SUCH_PAGE },
)
/** A day by its name or its number. */
const day = z
  .string()
  .transform((value) => (/^[1-7]$/.test(value) ? Number(value) : DAYS.indexOf(value.toLowerCase()) + 1))
  .pipe(z.number().min(1))

const first = (params: URLSearchParams, name: string): string => (params.get(name) ?? '').trim()

/**
 * Reads the address of a search. Never throws: a value that is none is told beside its field and left out, and the
 * rest of what was typed is kept.
 */
export function parseFind(params: URLSearchParams): FindParams {
  const errors: FindParams['errors'] = {}
  function one<T>(name: TypedName, schema: z.ZodType<T, string>, otherwise: T): T {
    const parsed = schema.safeParse(first(params, name))
    if (parsed.success) return parsed.data
    errors[name] = parsed.error.issues[0]?.message ?? 'Choose one of the list.'
    return otherwise
  }
  function several<T>(name: TypedName, schema: z.ZodType<T, string>, what: string): T[] {
    const given = params.getAll(name).filter((value) => value !== '')
    const parsed = given.slice(0, MOST_VALUES).map((value) => schema.safeParse(value))
    if (given.length > MOST_VALUES || parsed.some(({ success }) => !success))
      errors[name] = `We do not know one of the ${what} in the address. We left it out.`
    return [...new Set(parsed.flatMap((result) => (result.success ? [result.data] : [])))]
  }
  const oneOf = (pairs: readonly (readonly [string, string, ...string[]])[]) => z.enum([...codesOf(pairs)])
  const wish: Wish = {
    text: one('q', words, oneLine(first(params, 'q')).slice(0, MOST_LETTERS)),
    near: one('near', place, ''),
    withinMiles: one('within', miles, null),
    categories: several('category', oneOf(CATEGORIES), 'kinds of support'),
    kinds: several('kind', oneOf(PROVIDER_KINDS), 'kinds of provider'),
    settings: several('setting', oneOf(SETTINGS), 'places where it can happen'),
    audiences: several('for', oneOf(AUDIENCES), 'groups of people'),
    days: several('day', day, 'days').sort((a, b) => a - b),
    hours: null,
    starting: one('starting', isoDay, null),
    sizes: several('size', oneOf(SIZES), 'sizes'),
    languages: several('language', oneOf(LANGUAGES), 'languages'),
    access: several('access', oneOf(ACCESS), 'needs'),
    checks: several('checked', oneOf(CHECKS), 'checks'),
    workers: several('worker', oneOf(WORKERS), 'workers'),
    open: one('open', yes, false),
    fund: one('fund', fundId, null),
    regulated: one('regulated', yesNo, null),
    maxPence: one('max', most, null),
    per: one('per', unit, null),
    sort: one('sort', sort, 'best'),
    page: one('page', page, 1),
  }
  const [from, until] = [one('from', hour, null), one('until', hour, null)]
  if (from !== null && until !== null && until <= from)
    errors.until = 'The end is not after the beginning. Choose a later hour, or an earlier beginning.'
  else if (from !== null || until !== null)
    // One of the two alone: an hour from then on, or the hour before.
    wish.hours = {
      from: from ?? Math.max(0, (until ?? 1) - 1),
      until: until ?? Math.min(24, (from ?? 0) + 1),
      all: true,
    }
  else if (wish.starting !== null) wish.hours = { from: 0, until: 24, all: false }
  // What is free is free by the hour and by the day.
  if (wish.maxPence === 0) wish.per = null
  const typed: Typed = {
    q: oneLine(first(params, 'q')).slice(0, MOST_LETTERS),
    near: oneLine(first(params, 'near')).slice(0, MOST_PLACE_LETTERS),
    within: wish.withinMiles === null ? '' : String(wish.withinMiles),
    category: wish.categories,
    kind: wish.kinds,
    setting: wish.settings,
    for: wish.audiences,
    day: wish.days.map((number) => DAYS[number - 1] ?? ''),
    from: from === null ? '' : String(from),
    until: until === null ? '' : String(until),
    starting: wish.starting ?? '',
    size: wish.sizes,
    language: wish.languages,
    access: wish.access,
    checked: wish.checks,
    worker: wish.workers,
    open: wish.open ? 'yes' : '',
    fund: wish.fund ?? '',
    regulated: wish.regulated === null ? '' : wish.regulated ? 'yes' : 'no',
    per: wish.per ?? '',
    max: wish.maxPence === null ? '' : inPounds(wish.maxPence),
    sort: wish.sort === 'best' ? '' : wish.sort,
    page: wish.page === 1 ? '' : String(wish.page),
  }
  return { typed, wish, errors }
}

/** '25', '12.50'. */
export const inPounds = (amount: number): string =>
  amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2)

const ORDER: readonly TypedName[] = [
  'q',
  'near',
  ...FILTERS.filter((name) => name !== 'hours'),
  'from',
  'until',
  'starting',
  'sort',
  'page',
]

/** The address of a search, with changes; an empty value leaves a parameter out. The page is the first unless it is given. */
export function findHref(typed: Typed, changes: Partial<Typed> = {}): string {
  const all = { ...typed, page: '', ...changes }
  const params = new URLSearchParams()
  for (const name of ORDER) {
    const value = all[name]
    for (const part of typeof value === 'string' ? [value] : value) if (part !== '') params.append(name, part)
  }
  const query = params.toString()
  return query === '' ? '/find' : `/find?${query}`
}
