/** What a holder's caseload puts first, and what each line of it says. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate } from '#services/kernel/time.ts'

/** Dates that come within so many days are said. */
const SOON_DAYS = 30

export const SHOWS = ['all', 'waiting', 'to_pay', 'dates', 'owed', 'breach'] as const
export type Show = (typeof SHOWS)[number]
export const SHOW_WORDS: Record<Show, string> = {
  all: 'All',
  waiting: 'Waits for an answer',
  to_pay: 'To pay',
  dates: 'Review or insurance',
  owed: 'Money not arrived',
  breach: 'Not as agreed',
}

/** One account, as far as it says what needs doing. Days from today; below zero: it is over. Pence. */
export interface CaseFacts {
  /** Instructions and messages that nobody has answered, and since how many days the oldest of them waits. */
  instructions: number
  messages: number
  waitsDays: number | null
  toPay: number
  onTheWay: number
  breaches: number
  reviewIn: number | null
  insuranceIn: number | null
  /** What the person pays in, or their council, that was due and has not come. */
  payInOwed: number
  agreementMissing: boolean
  /** What is left in a fund that has ended; null while it runs. */
  endedWith: number | null
}

export interface Need {
  show: Show
  /** Smaller is sooner. */
  rank: number
  words: string
}

const days = (count: number): string => (count === 1 ? '1 day' : `${String(count)} days`)
const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${String(count)} ${many}`
const since = (waited: number | null): string =>
  waited === null || waited <= 0 ? 'since today' : `for ${days(waited)}`

/** What needs doing for one account, the most pressing first. */
export function needsOf(facts: CaseFacts): Need[] {
  const needs: Need[] = []
  const waiting = [
    ...(facts.instructions > 0 ? [counted(facts.instructions, 'request to pay', 'requests to pay')] : []),
    ...(facts.messages > 0 ? [counted(facts.messages, 'message', 'messages')] : []),
  ]
  if (waiting.length > 0)
    needs.push({
      show: 'waiting',
      rank: 1,
      words: `${waiting.join(' and ')} waiting, the oldest ${since(facts.waitsDays)}`,
    })
  if (facts.breaches > 0)
    needs.push({
      show: 'breach',
      rank: 2,
      words: counted(facts.breaches, 'thing is not as agreed', 'things are not as agreed'),
    })
  for (const [left, name] of [
    [facts.reviewIn, 'Review'],
    [facts.insuranceIn, 'Insurance'],
  ] as const) {
    if (left === null || left > SOON_DAYS) continue
    const review = name === 'Review'
    needs.push({
      show: 'dates',
      rank: left < 0 ? 3 : 5,
      words:
        left < 0
          ? review
            ? `Review was due ${days(-left)} ago`
            : `Insurance ended ${days(-left)} ago`
          : left === 0
            ? review
              ? 'Review is due today'
              : 'Insurance ends today'
            : `${review ? 'Review is due' : 'Insurance ends'} in ${days(left)}`,
    })
  }
  if (facts.toPay > 0)
    needs.push({
      show: 'to_pay',
      rank: facts.instructions > 0 ? 1 : 4,
      words: `${pounds(facts.toPay)} to pay`,
    })
  if (facts.payInOwed > 0)
    needs.push({
      show: 'owed',
      rank: 6,
      words: `${pounds(facts.payInOwed)} was due into it and has not arrived`,
    })
  if (facts.agreementMissing)
    needs.push({ show: 'dates', rank: 7, words: 'No agreement is written down: ask the council' })
  if (facts.endedWith !== null && facts.endedWith > 0)
    needs.push({
      show: 'dates',
      rank: 8,
      words: `It has ended, and ${pounds(facts.endedWith)} is left in it`,
    })
  return needs.sort((a, b) => a.rank - b.rank)
}

/** The most pressing account first; of equally pressing ones the one that has waited longest; then by name. */
export function bySoonest(
  a: { needs: readonly Need[]; facts: CaseFacts; person: string },
  b: { needs: readonly Need[]; facts: CaseFacts; person: string },
): number {
  const rank = (one: { needs: readonly Need[] }): number => one.needs[0]?.rank ?? 99
  return (
    rank(a) - rank(b) ||
    (b.facts.waitsDays ?? -1) - (a.facts.waitsDays ?? -1) ||
    (a.person < b.person ? -1 : a.person > b.person ? 1 : 0)
  )
}

/** '3 March 2027', or nothing. */
export const dayWords = (day: Temporal.PlainDate | null): string | null =>
  day ? longDate(day).replace(/^\S+ /, '') : null
