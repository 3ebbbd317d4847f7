/** Lines of bank files against what they were matched with, and lines that are nobody's. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate } from '#services/kernel/time.ts'
import type { Difference } from './difference.rules.ts'

/** So long a line may wait for somebody to say what it was. */
export const DAYS_TO_MATCH = 7

interface BankLineFact {
  lineId: string
  councilId: string | null
  providerId: string | null
  bookedOn: Temporal.PlainDate
  /** Above zero in, below zero out. */
  pence: number
}

/** A line that was matched, and its subject as it is now. */
export interface MatchedLine extends BankLineFact {
  subject: 'payment' | 'instalment' | 'contribution'
  subjectId: string
  /** Whether the subject still stands as arrived; a payment that came back after it had is no difference. */
  stands: boolean
  /** Of the subject, above zero. */
  subjectPence: number
}

const SUBJECT: Readonly<Record<MatchedLine['subject'], string>> = {
  payment: 'a payment to a provider',
  instalment: 'a payment into a fund',
  contribution: 'what somebody pays towards their care',
}

const inOrOut = (pence: number): string => (pence < 0 ? 'out' : 'in')
const line = (one: BankLineFact): string =>
  `A bank’s line of ${longDate(one.bookedOn)}, ${pounds(Math.abs(one.pence))} ${inOrOut(one.pence)},`

export const compareMatched = (lines: readonly MatchedLine[]): Difference[] =>
  lines.flatMap((one): Difference[] => {
    const moved = Math.abs(one.pence)
    if (one.stands && moved === one.subjectPence) return []
    return [
      {
        source: 'bank',
        key: `bank:${one.lineId}:matched`,
        councilId: one.councilId,
        providerId: one.providerId,
        subjectId: one.subjectId,
        words: one.stands
          ? `${line(one)} was matched with ${SUBJECT[one.subject]} of ${pounds(one.subjectPence)}.`
          : `${line(one)} was matched with ${SUBJECT[one.subject]}, which Kith does not have as arrived.`,
        ledgerPence: one.stands ? one.subjectPence : 0,
        outsidePence: moved,
      },
    ]
  })

/** A line of a council's account, or of one that somebody holds for a person, that nobody has matched or left out. */
export interface LooseLine extends BankLineFact {
  account: 'council' | 'fund_holder'
  suggested: boolean
}

/** Without the bank's own words, which may name somebody: they stand on the page of the file. */
export const compareLoose = (lines: readonly LooseLine[]): Difference[] =>
  lines.map((one) => ({
    source: 'bank',
    key: `bank:${one.lineId}:loose`,
    councilId: one.councilId,
    providerId: one.providerId,
    subjectId: one.lineId,
    words: `${line(one)} ${one.account === 'council' ? 'on the council’s account' : 'on an account that is looked after for somebody'} ${one.suggested ? 'may be something Kith knows: somebody has to say so' : 'is nothing that Kith knows'}.`,
    ledgerPence: null,
    outsidePence: one.pence,
  }))
