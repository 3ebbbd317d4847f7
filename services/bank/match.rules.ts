/**
 * Which line of a bank's file is what. Exactly one thing that fits exactly is a match; anything less is put to a person, with
 * why; two that fit are put to a person too. Pure.
 */
import { pounds } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import { referencesIn } from '#services/settlement/payment-reference.rules.ts'

export type SubjectType = 'payment' | 'instalment' | 'contribution'

/** Something that a line may be. Dates are ISO days in London. */
export type Candidate =
  | {
      type: 'payment'
      id: string
      /** 'K7F3 9QXD' */
      reference: string
      /** Above zero: it goes out. */
      pence: number
      /** Who gets it. */
      name: string
      startedOn: string
      /** Called off, or said not to have arrived: no line can be it any more. */
      over?: boolean
    }
  | {
      type: 'instalment'
      id: string
      allocationId: string
      /** Of the fund: 'K7F-3QX'. */
      reference: string
      pence: number
      /** Who pays it in: the funder, or the person themselves. */
      name: string
      dueOn: string
      /** Counted by the calendar already: a line only proves it. */
      counted: boolean
    }
  | {
      type: 'contribution'
      id: string
      reference: string
      pence: number
      /** Who pays it. */
      name: string
      startedOn: string
    }
type Of<Type extends SubjectType> = Extract<Candidate, { type: Type }>

export interface MoneyLine {
  id: string
  on: string
  description: string
  pence: number
}

export type Verdict =
  | { state: 'matched'; subject: Candidate }
  | { state: 'suggested'; subject: Candidate; why: string }
  | { state: 'unmatched'; why: string }

/** An instalment comes on its day, or so many days before or after it. */
export const DAYS_AROUND = 3
/** Beyond the days around, and within these, it is worth asking. */
const DAYS_TO_ASK = 14
/** A transfer that is found by its amount alone is not older than this. */
const DAYS_AFTER_START = 31

const days = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days

/** Words that say nothing about which funder it is. */
const COMMON = new Set(['the', 'of', 'and', 'for', 'local', 'council', 'borough', 'city', 'county', 'london', 'district', 'royal', 'metropolitan', 'ltd', 'limited', 'cic', 'co', 'coop', 'op', 'care', 'services', 'service', 'fund', 'community', 'mr', 'mrs', 'ms', 'miss', 'dr']) // prettier-ignore
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word.length > 1)

/** Whether a description names somebody: every word of the name that is not common. */
export function isNamed(description: string, name: string): boolean {
  const own = wordsOf(name).filter((word) => !COMMON.has(word.toLowerCase()))
  if (own.length === 0) return false
  const there = wordsOf(description)
  // Banks cut names off: the last of them may be a beginning.
  return own.every((word) =>
    there.some((other) => other === word || (other.length >= 5 && word.startsWith(other))),
  )
}

const names = (line: MoneyLine, reference: string): boolean => {
  const bare = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return (
    referencesIn(line.description).includes(reference) || bare(line.description).includes(bare(reference))
  )
}

/**
 * Each line's verdict, in the order of their days; what one line took, the next cannot have.
 * @param gone ids of candidates that another line was before
 */
export function matchLines(
  lines: readonly MoneyLine[],
  candidates: readonly Candidate[],
  gone: Iterable<string> = [],
): Map<string, Verdict> {
  const taken = new Set(gone)
  const verdicts = new Map<string, Verdict>()
  const inOrder = [...lines].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  for (const line of inOrder) {
    const open = candidates.filter(({ id }) => !taken.has(id))
    const verdict = verdictOf(line, open, candidates)
    if (verdict.state === 'matched') taken.add(verdict.subject.id)
    verdicts.set(line.id, verdict)
  }
  return verdicts
}

function verdictOf(line: MoneyLine, open: readonly Candidate[], all: readonly Candidate[]): Verdict {
  if (line.pence < 0)
    return outgoing(
      line,
      open.filter((one) => one.type === 'payment'),
      all.filter((one) => one.type === 'payment'),
    )
  const due = open.filter((one) => one.type === 'instalment')
  const fits = [
    ...contributions(
      line,
      open.filter((one) => one.type === 'contribution'),
    ),
    ...instalments(line, due),
  ]
  return decide(fits, whyNotIn(line, due))
}

interface Fit {
  subject: Candidate
  exact: boolean
  /** Smaller is nearer. */
  far: number
  why: string
}

/** One exact fit and no other is a match; several, or fits that are less, are for a person. */
function decide(fits: readonly Fit[], otherwise: string): Verdict {
  const sorted = [...fits].sort((a, b) => Number(b.exact) - Number(a.exact) || a.far - b.far)
  const [first] = sorted
  if (!first) return { state: 'unmatched', why: otherwise }
  const exact = sorted.filter((fit) => fit.exact)
  if (exact.length === 1) return { state: 'matched', subject: first.subject }
  if (exact.length > 1)
    return {
      state: 'suggested',
      subject: first.subject,
      why: `${String(exact.length)} things fit this line. Say which one it is.`,
    }
  const more = sorted.length > 1 ? ' Others are possible too.' : ''
  return { state: 'suggested', subject: first.subject, why: `${first.why}${more}` }
}

function outgoing(line: MoneyLine, open: readonly Of<'payment'>[], all: readonly Of<'payment'>[]): Verdict {
  const amount = -line.pence
  const named = all.filter((payment) => names(line, payment.reference))
  const fits = open.flatMap((payment): Fit[] => {
    const after = days(payment.startedOn, line.on)
    if (payment.pence !== amount) return []
    if (names(line, payment.reference))
      return after >= 0
        ? [{ subject: payment, exact: true, far: after, why: '' }]
        : [
            {
              subject: payment,
              exact: false,
              far: -after,
              why: `It has the reference of your payment to ${payment.name}, but its date is before you began that payment.`,
            },
          ]
    // It names another payment: then it is not this one.
    if (named.length > 0 || after < 0 || after > DAYS_AFTER_START) return []
    return [
      {
        subject: payment,
        exact: false,
        far: isNamed(line.description, payment.name) ? after : after + DAYS_AFTER_START,
        why: isNamed(line.description, payment.name)
          ? `The amount and the name fit your payment to ${payment.name}. The reference ${payment.reference} is not there.`
          : `The amount fits your payment to ${payment.name}. The reference ${payment.reference} is not there.`,
      },
    ]
  })
  return decide(fits, whyNotOut(amount, named, open))
}

/** A line that names a payment and yet cannot be it: what a person should know. */
function whyNotOut(amount: number, named: readonly Of<'payment'>[], open: readonly Of<'payment'>[]): string {
  const [payment] = named
  if (!payment) return ''
  if (payment.over)
    return `It has the reference of a payment to ${payment.name} that was called off or came back. If it went out after all, begin that payment anew and choose it here.`
  if (!open.includes(payment))
    return `Another line was this payment to ${payment.name} already. Was it paid twice? Ask them for the money back.`
  return `It has the reference of your payment to ${payment.name}, but that is ${pounds(payment.pence)} and this is ${pounds(amount)}. It does not count as paid.`
}

function contributions(line: MoneyLine, open: readonly Of<'contribution'>[]): Fit[] {
  return open.flatMap((payment): Fit[] => {
    if (payment.pence !== line.pence) return []
    const after = days(payment.startedOn, line.on)
    if (names(line, payment.reference))
      return [
        after >= 0
          ? { subject: payment, exact: true, far: after, why: '' }
          : {
              subject: payment,
              exact: false,
              far: -after,
              why: `It has the reference of what ${payment.name} pays, but its date is before they began to pay.`,
            },
      ]
    if (!isNamed(line.description, payment.name) || after < 0 || after > DAYS_AFTER_START) return []
    return [
      {
        subject: payment,
        exact: false,
        far: after,
        why: `The amount and the name fit what ${payment.name} pays. The reference ${payment.reference} is not there.`,
      },
    ]
  })
}

/** Of each fund only what comes next by name; of all of them what is due about that day. */
function instalments(line: MoneyLine, open: readonly Of<'instalment'>[]): Fit[] {
  const earliest = new Map<string, string>()
  for (const one of open) {
    const before = earliest.get(one.allocationId)
    if (before === undefined || one.dueOn < before) earliest.set(one.allocationId, one.dueOn)
  }
  return open.flatMap((one): Fit[] => {
    const off = days(one.dueOn, line.on)
    const far = Math.abs(off)
    const near = far <= DAYS_AROUND
    const next = earliest.get(one.allocationId) === one.dueOn
    const told = names(line, one.reference) || isNamed(line.description, one.name)
    // Not yet due is not what came, however well it fits.
    if (off < -DAYS_TO_ASK) return []
    const day = longDate(Temporal.PlainDate.from(one.dueOn))
    if (one.pence === line.pence) {
      if (near || (told && next && off >= 0)) return [{ subject: one, exact: true, far, why: '' }]
      if (next && far <= DAYS_TO_ASK)
        return [
          {
            subject: one,
            exact: false,
            far,
            why: `The amount is that of the money due on ${day}, but it came on another day.`,
          },
        ]
      return []
    }
    if (!told || !next || far > DAYS_TO_ASK || one.counted) return []
    return [
      {
        subject: one,
        exact: false,
        far: far + DAYS_TO_ASK,
        why: `${pounds(one.pence)} was due on ${day}, and this is ${pounds(line.pence)}. Say yes, and your fund has what came.`,
      },
    ]
  })
}

/** Counted by the calendar, and another sum came: the books are to be put right by whoever pays it. */
function whyNotIn(line: MoneyLine, due: readonly Of<'instalment'>[]): string {
  const counted = due.find(
    (one) =>
      one.counted &&
      Math.abs(days(one.dueOn, line.on)) <= DAYS_AROUND &&
      (names(line, one.reference) || isNamed(line.description, one.name)),
  )
  return counted
    ? `${pounds(counted.pence)} was due on ${longDate(Temporal.PlainDate.from(counted.dueOn))} and is counted as arrived, but this is ${pounds(line.pence)}. Tell your council.`
    : ''
}
