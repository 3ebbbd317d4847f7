/** What is owed since when, what of it may be collected, and the words for it. Pure. */
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { sundayOf } from './assessment.rules.ts'

export const AGES = ['to28', 'to56', 'over56'] as const
export type Age = (typeof AGES)[number]
export const AGE_WORDS: Record<Age, string> = {
  to28: '0 to 28 days',
  to56: '29 to 56 days',
  over56: '57 days and more',
}

/** Days since the Sunday on which the charged week ended; a week that still runs is new. */
export function ageOf(monday: string, today: string): Age {
  const days = Temporal.PlainDate.from(sundayOf(monday)).until(Temporal.PlainDate.from(today)).days
  return days <= 28 ? 'to28' : days <= 56 ? 'to56' : 'over56'
}

export interface ChargedAmount {
  monday: string
  charged: number
}
export interface Owed<Week extends ChargedAmount> {
  /** Oldest first. */
  weeks: (Week & { owed: Pence })[]
  byAge: Record<Age, Pence>
  /** Above zero: the person owes. */
  total: Pence
  /** Paid or let go beyond what was charged: it is set against the next weeks. */
  credit: Pence
}

/** What was paid or let go counts for the oldest weeks first. */
export function owedByWeek<Week extends ChargedAmount>(
  weeks: readonly Week[],
  settled: number,
  today: string,
): Owed<Week> {
  let left = settled
  const byAge = { to28: 0, to56: 0, over56: 0 }
  const rows = [...weeks]
    .sort((a, b) => (a.monday < b.monday ? -1 : 1))
    .map((week) => {
      const paid = Math.min(left, week.charged)
      left -= paid
      const owed = pence(week.charged - paid)
      byAge[ageOf(week.monday, today)] += owed
      return { ...week, owed }
    })
  return {
    weeks: rows,
    byAge: { to28: pence(byAge.to28), to56: pence(byAge.to56), over56: pence(byAge.over56) },
    total: pence(rows.reduce((sum, row) => sum + row.owed, 0)),
    credit: pence(left),
  }
}

/** What may be asked for now: not what is on its way, and not what the person says is wrong until that is answered. */
export const collectable = (owed: number, onItsWay: number, disputed: number): Pence =>
  pence(Math.max(0, owed - onItsWay - disputed))
