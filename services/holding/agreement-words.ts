import { pounds } from '#services/kernel/money.ts'
import { Temporal, londonDate, longDate } from '#services/kernel/time.ts'
import { dayWords } from './caseload.rules.ts'
import { inForce } from './paying.rules.ts'
import type { Agreement, HeldAccount } from './read-account.server.ts'

export interface Row {
  term: string
  value: string
}

const day = (text: string | null, none: string): string =>
  text === null ? none : longDate(Temporal.PlainDate.from(text)).replace(/^\S+ /, '')

/** What was agreed, in plain words: the same for the person, whoever holds the fund, and the council. */
export function agreementRows(account: HeldAccount, agreement: Agreement): Row[] {
  const managed = account.deployment === 'direct_payment_managed_account'
  const { shortName } = account
  const limit =
    agreement.mostAtOncePence === null
      ? 'No limit was agreed'
      : `${pounds(agreement.mostAtOncePence)} for one payment; above that ${shortName} is asked`
  return [
    { term: managed ? 'What it is for' : 'What it may pay for without asking', value: agreement.terms },
    { term: 'At most', value: managed ? managedWords(agreement, shortName) : limit },
    { term: 'Fee', value: feeWords(account, agreement) },
    {
      term: 'Its own services',
      value: agreement.ownServices || 'None were agreed',
    },
    {
      term: 'From and until',
      value: `${day(agreement.startsOn, '')} until ${day(agreement.endsOn, 'it is ended')}`,
    },
    { term: 'Looked at again by', value: dayWords(agreement.reviewDueOn) ?? 'No date was agreed' },
    ...(agreement.insuranceEndsOn
      ? [{ term: 'Insurance is good until', value: dayWords(agreement.insuranceEndsOn) ?? '' }]
      : []),
    ...(agreement.agreedWords ? [{ term: `How ${shortName} agreed`, value: agreement.agreedWords }] : []),
  ]
}

const managedWords = (agreement: Agreement, shortName: string): string => {
  const { mostAtOncePence: most } = agreement
  if (!agreement.standing) return `Nothing is paid until ${shortName} says so`
  return most === null
    ? `What ${shortName} has said yes to, by the standing instruction`
    : `What ${shortName} has said yes to, up to ${pounds(most)} for one payment, by the standing instruction`
}

function feeWords({ holderName }: HeldAccount, agreement: Agreement): string {
  const said = agreement.feeWords ? ` ${agreement.feeWords}` : ''
  const { feeRates, feeWeeklyPence } = agreement
  const last = feeRates.at(-1)
  if (!last || feeWeeklyPence === 0) return `${holderName} takes nothing from the fund.${said}`
  const from = feeRates.length > 1 ? `, since ${day(last.from, '')}` : ''
  return `${pounds(feeWeeklyPence)} a week${from}. It is taken after each week and shown in the statement.${said}`
}

/** Whether the agreement holds today, when it does not; null when it does. */
export function agreementProblem(account: HeldAccount, today: Temporal.PlainDate): string | null {
  const { agreement, holderName } = account
  if (!agreement) return `Nobody has written down yet what was agreed with ${holderName}.`
  if (inForce(agreement, today.toString())) return null
  return agreement.startsOn > today.toString()
    ? `The agreement begins on ${day(agreement.startsOn, '')}.`
    : `The agreement ended on ${day(agreement.endsOn, '')}.`
}

/** 'Tuesday 3 March 2027' */
export const momentDay = (at: Temporal.Instant): string => longDate(londonDate(at))
