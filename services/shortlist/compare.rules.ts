import { pounds } from '#services/kernel/money.ts'

/** Four columns are as much as somebody can hold side by side. */
export const MOST_COMPARED = 4

/** What can matter most to somebody; what they choose comes first. */
export const MATTERS = [
  { value: 'price', label: 'What it costs, and who pays' },
  { value: 'when', label: 'When they can come' },
  { value: 'who', label: 'Who comes, and where' },
  { value: 'said', label: 'What people say' },
  { value: 'safe', label: 'Checks and the regulator' },
  { value: 'change', label: 'If plans change' },
] as const
export type Matter = (typeof MATTERS)[number]['value']

/** The rows of the comparison in their usual order. What people say and what the regulator says are two rows, never one. */
export const ROWS = [
  { key: 'price', label: 'Price, all in', matter: 'price' },
  { key: 'funds', label: 'Which funds can pay', matter: 'price' },
  { key: 'next', label: 'Next free', matter: 'when' },
  { key: 'days', label: 'Days and hours', matter: 'when' },
  { key: 'notice', label: 'How soon they can come', matter: 'when' },
  { key: 'where', label: 'Where, and how far', matter: 'who' },
  { key: 'who', label: 'Who comes', matter: 'who' },
  { key: 'access', label: 'Getting in and taking part', matter: 'who' },
  { key: 'said', label: 'What people say', matter: 'said' },
  { key: 'checks', label: 'Checks', matter: 'safe' },
  { key: 'regulator', label: 'What the regulator says', matter: 'safe' },
  { key: 'absent', label: 'If they cannot come', matter: 'change' },
  { key: 'cancel', label: 'If you cancel', matter: 'change' },
  { key: 'stop', label: 'Notice to stop', matter: 'change' },
] as const

/** What was ticked; anything else in the address is no wish of anybody's. */
export const readMatters = (values: readonly string[]): Matter[] =>
  MATTERS.map(({ value }) => value).filter((value) => values.includes(value))

/** What matters most first; within it, and after it, the usual order. */
export function orderedRows(matters: readonly Matter[]): (typeof ROWS)[number][] {
  const first = ROWS.filter(({ matter }) => matters.includes(matter))
  return [...first, ...ROWS.filter((row) => !first.includes(row))]
}

/** The services that an address names, and sentences about what cannot be shown as it was asked. */
export interface Chosen {
  slugs: string[]
  problems: string[]
}

const SLUG = /^[a-z0-9][a-z0-9-]{0,199}$/

export const NOT_LISTED = 'One of the services is not listed here, so it is left out.'
const listedProblem = (count: number): string =>
  count === 1 ? NOT_LISTED : `${String(count)} of the services are not listed here, so they are left out.`

/** Reads `service=…&service=…`. Each counts once; the first four that exist are compared. */
export function readChosen(values: readonly string[]): Chosen {
  const all = values.map((value) => value.trim()).filter((value) => value !== '')
  const slugs = [...new Set(all)]
  const problems = slugs.length < all.length ? ['A service was chosen twice. It is shown once.'] : []
  return { slugs: slugs.slice(0, 50), problems }
}

export const isSlug = (text: string): boolean => SLUG.test(text)

/** After looking them up: the columns, and what to say of the rest. */
export function settle(chosen: Chosen, known: (slug: string) => boolean): Chosen {
  const found = chosen.slugs.filter(known)
  const unknown = chosen.slugs.length - found.length
  const problems = [...chosen.problems]
  if (unknown > 0) problems.push(listedProblem(unknown))
  if (found.length > MOST_COMPARED)
    problems.push(
      `Up to ${String(MOST_COMPARED)} can stand side by side. These are the first ${String(MOST_COMPARED)} of the ${String(found.length)} you chose.`,
    )
  return { slugs: found.slice(0, MOST_COMPARED), problems }
}

/** The address of a comparison. */
export function compareHref(slugs: readonly string[], matters: readonly string[] = []): string {
  const query = new URLSearchParams([
    ...slugs.map((slug) => ['service', slug]),
    ...matters.map((matter) => ['first', matter]),
  ])
  const text = query.toString()
  return text === '' ? '/compare' : `/compare?${text}`
}

interface Summed {
  title: string
  /** Pence, and 'for one hour, all in'. */
  price: { total: number; unit: string } | null
  free: boolean
  /** ISO day, and the moment in words. */
  nextFreeOn: string | null
  nextFree: string | null
}

const and = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/**
 * The table in a few sentences: what costs least, when prices are for one and the same unit, and what is free soonest. It
 * names no winner: what people say is never made into one figure.
 */
export function summaryOf(columns: readonly Summed[]): string[] {
  if (columns.length < 2) return []
  const said: string[] = []
  const priced = columns.flatMap(({ title, price }) => (price ? [{ title, ...price }] : []))
  const units = new Set(priced.map(({ unit }) => unit))
  const nothing = columns.filter(({ free }) => free).map(({ title }) => title)
  if (nothing.length > 0) said.push(`${and(nothing)} ${nothing.length === 1 ? 'costs' : 'cost'} you nothing.`)
  if (units.size > 1)
    said.push('The prices are for different things, such as an hour or a visit. Look at what each is for.')
  else if (priced.length > 1) {
    const least = Math.min(...priced.map(({ total }) => total))
    const cheapest = priced.filter(({ total }) => total === least).map(({ title }) => title)
    said.push(
      cheapest.length === priced.length
        ? `${sentence(priced[0]?.unit ?? '')}, each costs ${pounds(least)}.`
        : `${sentence(priced[0]?.unit ?? '')}, the lowest price is ${pounds(least)}: ${and(cheapest)}.`,
    )
  }
  const free = columns.flatMap(({ title, nextFreeOn, nextFree }) =>
    nextFreeOn && nextFree ? [{ title, nextFreeOn, nextFree }] : [],
  )
  const soonest = free.map(({ nextFreeOn }) => nextFreeOn).sort()[0]
  const first = free.filter(({ nextFreeOn }) => nextFreeOn === soonest)
  if (free.length > 1 && first.length === 1)
    said.push(`Soonest free: ${first[0]?.title ?? ''}, ${first[0]?.nextFree ?? ''}.`)
  else if (first.length > 1)
    said.push(`Soonest free, on the same day: ${and(first.map(({ title }) => title))}.`)
  return said
}
