import type { Period } from './months.rules.ts'
import { OTHERS, type Piece } from './pieces.rules.ts'
import type { Slice } from './spend-mask.rules.ts'
import type { KindRow } from './spend-tables.rules.ts'
import { inPeriod, penceOf, peopleIn, type Spend } from './spend.rules.ts'
import type { Spread } from './spread.rules.ts'
import { kindsWords, percentWords, roughPounds, thousands, type MarketTable } from './table.rules.ts'

/** What the page says first, and whose money it is about. */
export function summaryWords(
  payments: readonly Spend[],
  period: Period,
  tooFew: boolean,
  { providers, top }: Pick<Spread, 'providers' | 'top'>,
  empty: boolean,
): { sentence: string; people: string } {
  if (empty)
    return {
      sentence: 'No visit has been settled here yet.',
      people:
        'Figures about spend come after the first whole month with settled visits. What is on offer, what people looked for and how budgets are held is below.',
    }
  const now = inPeriod(payments, period)
  if (now.length === 0)
    return {
      sentence: 'Nothing was spent in these months.',
      people: 'Choose a longer time, or all of the area.',
    }
  if (tooFew)
    return {
      sentence: 'Too few people to show this on its own.',
      people:
        'Fewer than 5 people, or nearly all of it is one person or one provider. Choose a longer time, or all of the area.',
    }
  const shares = [
    top.one === null ? '' : `The largest owner has ${percentWords(top.one)} of it`,
    top.five === null
      ? ''
      : `${top.one === null ? 'The' : 'the'} largest five have ${percentWords(top.five)}`,
  ].filter(Boolean)
  const whoShared = providers === 1 ? '1 provider was paid' : `${thousands(providers)} providers shared`
  return {
    sentence: `${whoShared} ${roughPounds(penceOf(now))}.${shares.length > 0 ? ` ${shares.join(', ')}.` : ''}`,
    people: `This is spend from personal budgets of ${thousands(peopleIn(now))} people. You see no person’s name on these pages. Counts from 1 to 4 are hidden.`,
  }
}

/** Nothing but kinds that may not be told apart: a picture of that would show a blanket that may not be there. */
export const isOneLump = (all: readonly Piece[]): boolean => all.length === 1 && all[0]?.group === OTHERS

export function quiltLead(
  all: readonly Piece[],
  slice: Slice,
  scope: string,
  { top }: Pick<Spread, 'top'>,
): string {
  if (all.length === 0) return 'Nothing here that may be shown.'
  if (isOneLump(all)) return `Too few people bought from each kind of provider to show the kinds apart.`
  if (slice.by !== 'all')
    return `${scope}: one piece for each kind of provider. Providers are named only on the page of the whole area, so that no person can be picked out by comparing pages.`
  const whole = all.reduce((sum, { pence }) => sum + pence, 0)
  const others = all.find(({ group }) => group === OTHERS)
  if (others && others.pence > whole / 2)
    return 'Too few people bought from most kinds of provider to show them apart: the largest piece is all of those kinds together.'
  const owners = new Map<string, Piece[]>()
  for (const piece of all)
    if (piece.provider) owners.set(piece.provider.owner, [...(owners.get(piece.provider.owner) ?? []), piece])
  const [joined] = [...owners.values()]
    .filter((own) => own.length > 1)
    .sort((a, b) => b.reduce((s, { pence }) => s + pence, 0) - a.reduce((s, { pence }) => s + pence, 0))
  const kind =
    top.three !== null && top.three > 0.6 ? 'More a blanket: three owners have most of it.' : 'A quilt.'
  if (!joined) return `${kind} No owner has more than one named piece.`
  const names = joined.map(({ provider }) => provider?.name ?? '')
  return `${kind} ${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''} have the same owner.`
}

export function kindsLead(
  rows: readonly KindRow[],
  tooFew: boolean,
  evenness: number | null,
  checked: number | null,
): string {
  if (rows.length === 0) return 'Nothing was spent in these months.'
  if (tooFew || rows.every(({ hidden }) => hidden)) return 'Too few people to show the kinds on their own.'
  const total = rows.reduce((sum, { pence }) => sum + pence, 0)
  const of = (group: string): string | null => {
    const row = rows.find((one) => one.group === group)
    return row && !row.hidden ? percentWords(row.pence / total) : null
  }
  const [userLed, micro] = [of('user_led_organisation'), of('micro_enterprise')]
  const parts = [
    userLed && micro
      ? `User-led organisations have ${userLed} of spend, micro-enterprises ${micro}.`
      : userLed
        ? `User-led organisations have ${userLed} of spend.`
        : micro
          ? `Micro-enterprises have ${micro} of spend.`
          : '',
    checked === null
      ? ''
      : checked === 0
        ? 'No provider that was paid has a checked user-led badge.'
        : `${percentWords(checked)} went to organisations whose user-led badge has been checked.`,
    evenness === null ? '' : `Evenness between kinds is ${evenness.toFixed(2)}, where 1 is all the same.`,
  ].filter(Boolean)
  return parts.join(' ') || 'How spend is shared between kinds of provider.'
}

/** The kind with the highest score for control; no other score is picked out, and none are added together. */
export function experienceLead({ rows }: MarketTable): string {
  const [best] = rows
    .flatMap(({ key, cells }) => {
      const control = cells['control']
      return control && !control.hidden ? [{ key, text: control.text, value: Number(control.csv) }] : []
    })
    .sort((a, b) => b.value - a.value)
  if (!best) return 'Not enough reviews in these months for an average.'
  return `“Kept me in control” is highest for ${kindsWords(best.key)}: ${best.text} of 5. The five scores stand side by side; they are never made into one.`
}
