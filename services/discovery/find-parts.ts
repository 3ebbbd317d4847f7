import { miles as milesWords, METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import type { FilterName, SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import { USUAL_UNIT } from './conditions.rules.ts'
import { findHref, type Typed } from './find.schema.ts'
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
import { categoryName, perUnit } from './vocabulary.ts'
import { either } from './wording.ts'

/** A link with words. */
export interface Way {
  label: string
  href: string
}
const MAX_MILES = 100
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
export function chipsOf(
  typed: Typed,
  fund: { name: string } | null = null,
): { label: string; href: string; on: true }[] {
  const chips: { label: string; href: string; on: true }[] = []
  const add = (label: string, off: Partial<Typed>): void => {
    chips.push({ label, href: findHref(typed, off), on: true })
  }
  for (const name of Object.keys(VALUE_WORDS) as SeveralName[])
    for (const code of typed[name])
      add(VALUE_WORDS[name](code), { [name]: typed[name].filter((other) => other !== code) })
  const hours = hoursWords(typed)
  if (hours !== '') add(hours, { from: '', until: '' })
  if (typed.starting !== '') add(startingWords(typed.starting), { starting: '' })
  if (typed.within !== '') add(withinWords(typed.within), { within: '' })
  // Once the most is said, it says what it is for.
  if (typed.max !== '') add(mostWords(typed.max, typed.per), { max: '', per: '' })
  else if (typed.per !== '') add(perWords(typed.per), { per: '' })
  if (typed.regulated !== '')
    add(typed.regulated === 'yes' ? 'Registered with CQC' : 'Not registered with CQC', { regulated: '' })
  if (typed.open !== '') add('Takes new people now', { open: '' })
  if (fund) add(`Your ${fund.name} can pay`, { fund: '' })
  return chips
}

/** '10am to noon'; nothing when no hours were asked for. */
export function hoursWords({ from, until }: Pick<Typed, 'from' | 'until'>): string {
  if (from === '' && until === '') return ''
  const first = from === '' ? Math.max(0, Number(until) - 1) : Number(from)
  const last = until === '' ? Math.min(24, first + 1) : Number(until)
  return `${hourWords(first)} to ${hourWords(last)}`
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
  size: 'Of any size',
  language: 'In any language',
  access: 'Whatever the place is like',
  checked: 'Whatever has been checked',
  worker: 'Whoever comes',
  open: 'Also who takes nobody new now',
  hours: 'At any time of the day',
  fund: 'Whatever your fund pays for',
}

const OFF: Readonly<Record<FilterName, Partial<Typed>>> = {
  category: { category: [] },
  kind: { kind: [] },
  setting: { setting: [] },
  for: { for: [] },
  day: { day: [] },
  size: { size: [] },
  language: { language: [] },
  access: { access: [] },
  checked: { checked: [] },
  worker: { worker: [] },
  within: { within: '' },
  regulated: { regulated: '' },
  per: { per: '' },
  max: { max: '' },
  open: { open: '' },
  hours: { from: '', until: '', starting: '' },
  fund: { fund: '' },
}
const NO_FILTERS = Object.values(OFF).reduce<Partial<Typed>>((all, off) => ({ ...all, ...off }), {})

/** Wider searches with how many more each brings, most first; one condition is eased at a time. */
export function wider(query: SearchQuery, typed: Typed, { relax }: SearchAnswer): Way[] {
  return relax.flatMap(({ filter, more, metres }) => {
    const way =
      filter === 'within' ? lookFurther(query, metres) : { words: WITHOUT[filter], off: OFF[filter] }
    return way ? [{ label: `${way.words}: ${String(more)} more`, href: findHref(typed, way.off) }] : []
  })
}

/** A search that looks as far as so many metres, said as how much further that is; null for further than can be asked for. */
export function lookFurther(
  { withinMetres }: Pick<SearchQuery, 'withinMetres'>,
  metres = 0,
): { words: string; off: Partial<Typed> } | null {
  const within = milesOf(metres)
  if (metres === 0 || within > MAX_MILES) return null
  const further = milesOf(metres - (withinMetres ?? USUAL_MILES * METRES_IN_A_MILE))
  const words = further === 1 ? 'Look 1 mile further' : `Look ${String(further)} miles further`
  return { words, off: { within: String(within) } }
}

const milesOf = (metres: number): number => Number((metres / METRES_IN_A_MILE).toFixed(2))

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
