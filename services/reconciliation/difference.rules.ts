/** Where the ledger and the world outside differ: what is found today against what is known already. Pure. */

export const SOURCES = ['payments', 'payment_run', 'cards', 'bank'] as const
export type Source = (typeof SOURCES)[number]

export const SOURCE_WORDS: Readonly<Record<Source, string>> = {
  payments: 'Payment service',
  payment_run: 'Payment runs',
  cards: 'Prepaid cards',
  bank: 'Bank files',
}

/** A difference as it stands now. */
export interface Difference {
  source: Source
  /** Made from what it is about, so that the same difference is found once. */
  key: string
  councilId: string | null
  providerId: string | null
  subjectId: string | null
  /** For finance: what is known on either side, and what to look at. No person's name. */
  words: string
  /** Pence; null where that side says nothing. */
  ledgerPence: number | null
  outsidePence: number | null
}

export type ItemState = 'open' | 'explained' | 'gone'

export interface KnownItem {
  id: string
  key: string
  state: ItemState
  words: string
  ledgerPence: number | null
  outsidePence: number | null
}

export interface Plan {
  /** Found for the first time. */
  insert: Difference[]
  /** Was gone, or was explained when the figures were other ones: it is open again, and its age begins anew. */
  reopen: { id: string; now: Difference }[]
  /** Open, with other figures or words than yesterday: the same item, the same age, the same owner. */
  change: { id: string; now: Difference }[]
  /** Open, and holds no longer. */
  gone: string[]
}

const same = (
  a: Pick<KnownItem, 'ledgerPence' | 'outsidePence'>,
  b: Pick<KnownItem, 'ledgerPence' | 'outsidePence'>,
) => a.ledgerPence === b.ledgerPence && a.outsidePence === b.outsidePence

/**
 * What is to be written when these differences are found. The same one is found once. What somebody has explained stays
 * explained as long as its figures do.
 * @param known items with the keys that were found, and all open ones that would have been found if they still held
 */
export function planOf(found: readonly Difference[], known: readonly KnownItem[]): Plan {
  const plan: Plan = { insert: [], reopen: [], change: [], gone: [] }
  const now = new Map(found.map((one) => [one.key, one]))
  const before = new Map(known.map((one) => [one.key, one]))
  for (const one of now.values()) {
    const item = before.get(one.key)
    if (!item) plan.insert.push(one)
    else if (item.state === 'gone' || (item.state === 'explained' && !same(item, one)))
      plan.reopen.push({ id: item.id, now: one })
    else if (item.state === 'open' && (!same(item, one) || item.words !== one.words))
      plan.change.push({ id: item.id, now: one })
  }
  for (const item of known) if (item.state === 'open' && !now.has(item.key)) plan.gone.push(item.id)
  return plan
}

/** What is between the two sides; null when one of them says nothing. */
export const between = (item: { ledgerPence: number | null; outsidePence: number | null }): number | null =>
  item.ledgerPence === null || item.outsidePence === null ? null : item.outsidePence - item.ledgerPence

/** 'today', '1 day', '12 days' */
export const ageWords = (days: number): string =>
  days <= 0 ? 'today' : `${String(days)} ${days === 1 ? 'day' : 'days'}`

/** Older than this is said to be late. */
export const LATE_DAYS = 7
