import { MONTHS, PERIODS, firstMonth, type Period } from './months.rules.ts'

/** What one person's funds paid one provider for one kind of support in one month. */
export interface Spend {
  /** A number that stands for a person in this one answer; never an id. */
  person: number
  providerId: string
  category: string
  /** The ward the person lives in; '' when it is not known. */
  ward: string
  /** 0 the oldest of the twelve months, 11 the newest. */
  month: number
  pence: number
}

export interface ProviderFact {
  id: string
  name: string
  kind: string
  size: string | null
  /** Who owns it in the end; its own name when nobody else does. */
  owner: string
  /** One person working alone, or a personal assistant. */
  sole: boolean
  /** Its user-led badge has been checked. */
  userLedChecked: boolean
}
export type Providers = ReadonlyMap<string, ProviderFact>

/** Those who work alone are one row together, whatever kind they call themselves. */
export const SOLE = 'sole_workers'
export const groupOf = (provider: ProviderFact | undefined): string =>
  !provider ? 'unknown' : provider.sole ? SOLE : provider.kind

/** Counts from 1 to this one below are people. */
export const FEWEST = 5
/** No cell where one person or provider makes up more than this. */
export const DOMINANT = 0.8

export const inPeriod = (spends: readonly Spend[], period: Period): Spend[] =>
  spends.filter(({ month }) => month >= firstMonth(period))
export const penceOf = (spends: readonly Spend[]): number =>
  spends.reduce((total, { pence }) => total + pence, 0)
export const peopleIn = (spends: readonly Spend[]): number => new Set(spends.map(({ person }) => person)).size

export function totals<K>(spends: readonly Spend[], key: (spend: Spend) => K): Map<K, number> {
  const sums = new Map<K, number>()
  for (const spend of spends) sums.set(key(spend), (sums.get(key(spend)) ?? 0) + spend.pence)
  return sums
}
export function grouped<K>(spends: readonly Spend[], key: (spend: Spend) => K): Map<K, Spend[]> {
  const parts = new Map<K, Spend[]>()
  for (const spend of spends) {
    const part = parts.get(key(spend))
    if (part) part.push(spend)
    else parts.set(key(spend), [spend])
  }
  return parts
}

const largestShare = <K>(sums: ReadonlyMap<K, number>): { key: K | null; share: number } => {
  let key: K | null = null
  let most = 0
  let total = 0
  for (const [one, amount] of sums) {
    total += amount
    if (amount > most) {
      most = amount
      key = one
    }
  }
  return { key, share: total > 0 ? most / total : 0 }
}

const fewPeopleOrOne = (spends: readonly Spend[]): boolean =>
  peopleIn(spends) < FEWEST || largestShare(totals(spends, ({ person }) => person)).share > DOMINANT

/**
 * Whether the sum of these payments may be told: 5 people or more, none of them more than 80 % of it; no sole worker more
 * than 80 % and never fewer than 5 of them alone; one organisation may be more than 80 % only when its own total may be told.
 */
export function maySay(spends: readonly Spend[], providers: Providers): boolean {
  if (spends.length === 0 || fewPeopleOrOne(spends)) return false
  const byProvider = totals(spends, ({ providerId }) => providerId)
  const isSole = (id: string): boolean => providers.get(id)?.sole ?? true
  const ids = [...byProvider.keys()]
  if (ids.every(isSole) && ids.length < FEWEST) return false
  const { key, share } = largestShare(byProvider)
  if (key === null || share <= DOMINANT) return true
  return !isSole(key) && !fewPeopleOrOne(spends.filter(({ providerId }) => providerId === key))
}

/**
 * Whether the sum over a period may be told, when the longer periods are told too: what a longer one has over a shorter
 * one is the sum of the months between, so those months must be sayable themselves, or empty.
 */
export function maySayIn(spends: readonly Spend[], period: Period, providers: Providers): boolean {
  if (!maySay(inPeriod(spends, period), providers)) return false
  return PERIODS.filter((longer) => longer > period).every((longer) => {
    const between = spends.filter(({ month }) => month < MONTHS - period && month >= firstMonth(longer))
    return between.length === 0 || maySay(between, providers)
  })
}
