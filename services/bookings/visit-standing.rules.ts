/** Where a visit stands and what comes next, in words for the person. Pure. */
import { PAYMENT_WORDS, type PaymentState } from '#services/budgets/payer.rules.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, clockTime, duration, inLondon, longDate } from '#services/kernel/time.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import type { BookingState, VisitState } from './transitions.rules.ts'

export type Outcome = 'attended' | 'amended' | 'late_cancellation' | 'no_answer'

export interface VisitFacts {
  state: VisitState
  outcome: Outcome | null
  bookingState: BookingState
  /** Stopped with its booking for a while. */
  paused: boolean
  provider: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  minutes: number
  actualMinutes: number | null
  /** What it costs as it stands: quoted, as delivered, or final. */
  cost: number
  missedUntil: Temporal.Instant | null
  disputableUntil: Temporal.Instant | null
  bySilence: boolean
  /** Who said yes: 'you', or a name; null when nobody is known. */
  saidYes: string | null
  /** Whether the person reads it; a supporter may not have said what is told here. */
  self: boolean
  reason: string
  /** What became of what its funds owe. */
  payments: readonly { payer: Payer['kind']; state: PaymentState }[]
}

/** 'Friday 27 November, 5pm' */
export function dayAndTime(at: Temporal.Instant): string {
  const when = inLondon(at)
  return `${longDate(when.toPlainDate(), { year: false })}, ${clockTime(when.toPlainTime().round('minute'))}`
}

/** Who pays and whether they have: each sentence once. Before it is settled nobody has. */
function paymentWords(visit: VisitFacts): string {
  if (visit.payments.length === 0) return visit.cost === 0 ? 'There is nothing to pay.' : 'It is paid next.'
  const words = visit.payments.map(({ payer, state }) =>
    visit.state === 'settled' || payer !== 'person' ? PAYMENT_WORDS[payer][state].person : 'It is paid next.',
  )
  return [...new Set(words)].join(' ')
}

/** What is so now, and what happens next: one or two sentences. */
export function standingWords(visit: VisitFacts, now: Temporal.Instant): string {
  const { provider } = visit
  const said = visit.self ? 'You said' : 'It was said'
  if (visit.bookingState === 'requested')
    return 'This is asked for and not booked yet. They have not answered.'
  if (visit.bookingState === 'countered')
    return 'This is not booked. They offer another time, and wait for an answer.'
  switch (visit.state) {
    case 'planned':
      if (visit.paused)
        return 'It is paused. Nobody comes, and nothing is set aside for it. It is booked again when the support goes on.'
      if (visit.missedUntil)
        return `${said} that nobody came. ${provider} can answer until ${dayAndTime(visit.missedUntil)}; without a word the money comes back then.`
      if (visit.startsAt.epochMilliseconds > now.epochMilliseconds)
        return 'It is booked. There is nothing you need to do before then.'
      return `It should have begun. ${provider} has not said that anyone came, and nothing is paid for a visit that did not happen.`
    case 'started':
      return `${provider} says that somebody has come.`
    case 'delivered':
      return `${provider} says they came and stayed ${duration(visit.actualMinutes ?? visit.minutes)}. It costs ${pounds(visit.cost)}. Is that right?`
    case 'disputed':
      return `${said} that something was different: “${visit.reason}”${/[.!?…]$/.test(visit.reason ?? '') ? '' : '.'} Nothing is paid until both sides agree. They have been told.`
    case 'confirmed':
    case 'settled':
      return doneWords(visit, now)
    case 'cancelled_free':
      return `It was cancelled. There is nothing to pay, and all the money set aside for it is back.${visit.reason ? ` They said: “${visit.reason}”` : ''}`
    case 'missed_by_provider':
      return 'Nobody came. There is nothing to pay, and all the money set aside for it is back.'
  }
}

function doneWords(visit: VisitFacts, now: Temporal.Instant): string {
  const paid = paymentWords(visit)
  switch (visit.outcome) {
    case 'late_cancellation':
      return `It was cancelled late, so by the terms ${pounds(visit.cost)} is owed. ${paid}`
    case 'no_answer': {
      const open =
        visit.state === 'confirmed' &&
        visit.disputableUntil &&
        visit.disputableUntil.epochMilliseconds > now.epochMilliseconds
      const told = `${visit.provider} says nobody answered the door, so by the terms ${pounds(visit.cost)} is owed.`
      return open && visit.disputableUntil
        ? `${told} If that is not right, say so by ${dayAndTime(visit.disputableUntil)}.`
        : `${told} ${paid}`
    }
    case 'amended':
      return `Both sides agreed on ${duration(visit.actualMinutes ?? visit.minutes)}. It costs ${pounds(visit.cost)}. ${paid}`
    case 'attended':
    case null:
      return `${visit.bySilence ? 'Nobody answered for 7 days, so it counts as a yes.' : `It happened, and ${visit.saidYes ?? 'somebody'} said yes.`} It costs ${pounds(visit.cost)}. ${paid}`
  }
}

export interface Step {
  title: string
  when: 'past' | 'here' | 'later'
}

/** Only the ledger knows whether a council or a fund holder has paid; that they pay is known before. */
function lastStep(visit: VisitFacts): string {
  const payers = new Set(visit.payments.map((payment) => payment.payer))
  if (payers.size !== 1) return 'The provider is paid'
  if (payers.has('council')) return 'The council pays the provider'
  return payers.has('fund_holder') ? 'Your fund holder pays the provider' : 'The provider is paid'
}

const BOOKED = ['accepted', 'paused', 'ended']

/** The way from asked to paid, and where this visit is on it; nothing for one that will not be. */
export function visitSteps(visit: VisitFacts, now: Temporal.Instant): Step[] {
  const { state, outcome } = visit
  if (state === 'cancelled_free' || state === 'missed_by_provider' || visit.paused) return []
  if (outcome === 'late_cancellation' || outcome === 'no_answer') return []
  const titles = ['Booked', 'The visit', 'You say yes, or what was different', lastStep(visit)]
  const paid = state === 'settled' && visit.payments.every((payment) => payment.state === 'paid')
  const begun = visit.startsAt.epochMilliseconds <= now.epochMilliseconds
  const at = !BOOKED.includes(visit.bookingState)
    ? 0
    : state === 'planned'
      ? begun
        ? 1
        : 0.5
      : state === 'started'
        ? 1
        : state === 'delivered' || state === 'disputed'
          ? 2
          : paid
            ? 4
            : 3
  return titles.map((title, i) => ({
    title,
    when: i < at ? 'past' : i === Math.ceil(at) ? 'here' : 'later',
  }))
}
