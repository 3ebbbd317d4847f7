/** Money kept back in a fund: what for, and how much. Pure. */
import { type Pence, ZERO, pence, pounds, times, total } from '#services/kernel/money.ts'

export const PURPOSES = ['wages', 'holiday', 'notice', 'contingency'] as const
export type Purpose = (typeof PURPOSES)[number]
/** What is kept back in one fund. */
export type RingFences = Record<Purpose, Pence>

export const PURPOSE_WORDS: Readonly<Record<Purpose, { name: string; explained: string }>> = {
  wages: {
    name: 'Wages that are due',
    explained: 'For hours that you have approved and that are not paid yet. It follows the hours by itself.',
  },
  holiday: {
    name: 'Holiday that has built up',
    explained: 'For paid holiday that has built up and is not taken yet. It follows the hours by itself.',
  },
  notice: {
    name: 'Notice',
    explained: 'For the last weeks, if the job has to end.',
  },
  contingency: {
    name: 'When things go wrong',
    explained: 'For somebody to come in when your assistant is ill or leaves.',
  },
}

/** These follow the hours; nobody sets them by hand. */
export const followsHours = (purpose: Purpose): boolean => purpose === 'wages' || purpose === 'holiday'

export const noRingFences = (): RingFences => ({
  wages: ZERO,
  holiday: ZERO,
  notice: ZERO,
  contingency: ZERO,
})
export const keptBack = (fences: RingFences): Pence => total(PURPOSES.map((purpose) => fences[purpose]))

/** By law a week after a month, then a week for each whole year from the second on, and twelve at most (Employment Rights Act 1996, s. 86). */
export function noticeWeeks(wholeYears: number, wholeMonths: number): number {
  if (wholeYears >= 2) return Math.min(12, wholeYears)
  return wholeMonths >= 1 || wholeYears >= 1 ? 1 : 0
}

/** Money that never leaves the council: there is nothing to keep back in it. */
export const HELD_BY_COUNCIL = ['council_managed', 'adviser_held'] as const

const MOST_NOTICE_WEEKS = 12
const MOST_CONTINGENCY_WEEKS = 8

export interface Wanted {
  purpose: Purpose
  pence: Pence
  /** Kept back for it now, and free in the fund beside it. */
  now: Pence
  available: Pence
  /** Of all who are employed from this fund. */
  weeklyWages: Pence
  /** What the fund gives for four weeks. */
  fourWeeks: Pence
}

/** Why this much cannot be kept back for this; null when it can. Less than now can always be. */
export function ringFenceProblem(wanted: Wanted): string | null {
  if (followsHours(wanted.purpose))
    return 'This follows the hours that are approved and paid. It cannot be set by hand.'
  if (wanted.pence <= wanted.now) return null
  if (wanted.purpose === 'notice') {
    if (wanted.weeklyWages === 0)
      return 'Notice is for somebody who is employed from this fund, and nobody is.'
    const most = times(wanted.weeklyWages, MOST_NOTICE_WEEKS)
    if (wanted.pence > most)
      return `The longest notice by law is ${String(MOST_NOTICE_WEEKS)} weeks: ${pounds(most)}. Keep that or less`
  } else {
    const most = times(wanted.fourWeeks, MOST_CONTINGENCY_WEEKS, 4)
    if (wanted.pence > most)
      return `At most ${String(MOST_CONTINGENCY_WEEKS)} weeks of this fund can be kept for this: ${pounds(most)}`
  }
  if (wanted.pence - wanted.now > wanted.available)
    return `${pounds(wanted.available)} is left in this fund, so at most ${pounds(pence(wanted.now + wanted.available))} can be kept`
  return null
}
