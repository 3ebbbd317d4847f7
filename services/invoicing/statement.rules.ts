/** A person's statement of four weeks: the figures of each fund, and the same in short sentences. Pure. */
import { DomainError } from '#services/kernel/errors.ts'
import type { EasyLine, EasyPart } from '#services/easy-read/lines.ts'
import { pounds } from '#services/kernel/money.ts'
import { LONDON, Temporal, longDate, shortDate } from '#services/kernel/time.ts'
import { type Period, lastClosed, periodBefore, periodOf, periodWords } from './periods.rules.ts'

const DAYS = 28
const MOST_YEARS = 20
const TABS = 5

/** The four weeks from the day in the address; the last that are over without one. @throws INVALID */
export function readFrom(text: string | null, today: Temporal.PlainDate): Period {
  if (text === null || text === '') return lastClosed('four_weeks', today)
  let from: Temporal.PlainDate
  try {
    from = Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    from = today.add({ days: 1 })
  }
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Temporal.PlainDate.compare(from, today) > 0 ||
    from.until(today, { largestUnit: 'years' }).years > MOST_YEARS
  )
    throw new DomainError(
      'INVALID',
      'We cannot show that time. The address should end in a day that is past, such as 2026-11-02.',
    )
  return { from, until: from.add({ days: DAYS - 1 }) }
}

/** These four weeks, the four that run now, and those before. */
export function periodTabs(
  shown: Period,
  today: Temporal.PlainDate,
): { from: string; label: string; current: boolean }[] {
  const periods = [periodOf('four_weeks', today)]
  while (periods.length < TABS) periods.push(periodBefore('four_weeks', periods.at(-1) ?? shown))
  if (!periods.some(({ from }) => from.equals(shown.from))) periods.push(shown)
  const day = (date: Temporal.PlainDate): string => shortDate(date).replace(/^\S+ /, '')
  return periods.map(({ from, until }) => ({
    from: from.toString(),
    label: `${day(from)} to ${day(until)}${until.year === today.year ? '' : ` ${String(until.year)}`}`,
    current: from.equals(shown.from),
  }))
}

/** Instants of a period in London; the end is not included. */
export const boundsOf = ({ from, until }: Period) => ({
  from: from.toZonedDateTime(LONDON).toInstant(),
  until: until.add({ days: 1 }).toZonedDateTime(LONDON).toInstant(),
})

export interface FundFigures {
  id: string
  name: string
  /** All in pence: opening + in − out = closing; closing = left + set aside + kept back. */
  opening: number
  in: number
  out: number
  closing: number
  setAside: number
  kept: number
  left: number
}

export const sumOf = (funds: readonly FundFigures[], pick: (fund: FundFigures) => number): number =>
  funds.reduce((sum, fund) => sum + pick(fund), 0)

/** 'From 5 October to 1 November 2026 …': the statement in two sentences. `owner` is 'You', or a name. */
export function statementWords(period: Period, funds: readonly FundFigures[], owner: string): string {
  const all = (pick: (fund: FundFigures) => number): string => pounds(sumOf(funds, pick))
  const had = owner === 'You' ? 'You had' : `${owner} had`
  return `${periodWords(period)}: ${had} ${all((f) => f.opening)} at the start. ${all((f) => f.in)} came in and ${all((f) => f.out)} went out. At the end there was ${all((f) => f.closing)}.`
}

/** The same in Easy Read: short sentences, one idea each, a picture beside. */
export function easyLines(
  period: Period,
  funds: readonly FundFigures[],
  who: { self: boolean; shortName: string; running: boolean },
): EasyPart[] {
  const your = who.self ? 'your' : `${who.shortName}’s`
  const day = (date: Temporal.PlainDate): string => longDate(date).replace(/^\S+ /, '')
  const money = (pence: number): string => (pence === 0 ? 'No money' : pounds(pence))
  const about = (fund: FundFigures): EasyLine[] => [
    { picture: 'purse', words: `On the first day there was ${pounds(fund.opening)}.` },
    { picture: 'money_in', words: `${money(fund.in)} came in.` },
    { picture: 'money_out', words: `${money(fund.out)} was spent, or went back.` },
    ...(fund.setAside > 0
      ? [
          {
            picture: 'jar' as const,
            words: `${pounds(fund.setAside)} is set aside. It is for visits that come later.`,
          },
        ]
      : []),
    ...(fund.kept > 0
      ? [
          {
            picture: 'jar' as const,
            words: `${pounds(fund.kept)} is kept back. It is for wages or for a bad day.`,
          },
        ]
      : []),
    { picture: 'purse_yes', words: `${money(fund.left)} is left to use.` },
  ]
  return [
    {
      id: 'about',
      heading: null,
      lines: [
        { picture: 'purse', words: `This is about ${your} money for support.` },
        { picture: 'calendar', words: `It is about four weeks.` },
        { picture: 'calendar', words: `They began on ${day(period.from)}.` },
        { picture: 'calendar', words: `They ${who.running ? 'end' : 'ended'} on ${day(period.until)}.` },
      ],
    },
    ...funds.map((fund) => ({ id: `fund-${fund.id}`, heading: fund.name, lines: about(fund) })),
    {
      id: 'wrong',
      heading: 'If something is wrong',
      lines: [
        { picture: 'talk', words: 'Tell us if something looks wrong.' },
        { picture: 'talk', words: 'You can ask somebody to help you read this.' },
      ],
    },
  ]
}
