/** What counts as a breach of what was agreed about a held fund, in words. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate } from '#services/kernel/time.ts'
import { PAY_WITHIN_DAYS } from './paying.rules.ts'

export const BREACHES = [
  'fee_above_agreed',
  'spent_without_asking',
  'paid_late',
  'own_service_not_told',
  'ended',
] as const
export type BreachKind = (typeof BREACHES)[number]

export const BREACH_TITLES: Record<BreachKind, string> = {
  fee_above_agreed: 'More was taken for managing it than was agreed',
  spent_without_asking: 'Something was paid without asking',
  paid_late: `Something was paid later than ${String(PAY_WITHIN_DAYS)} days`,
  own_service_not_told: 'The holder paid itself, and the agreement does not say that it may',
  ended: 'The agreement has ended, and payments go on',
}

/** What would put it right: shown to the holder and the council. */
export const BREACH_REMEDIES: Record<BreachKind, string> = {
  fee_above_agreed: 'The holder gives back what was too much: the page of the account does it in one press.',
  spent_without_asking:
    'Ask the person whether they agree to it. If not, the provider or the holder gives it back.',
  paid_late: 'Pay what is late, and say why it was late.',
  own_service_not_told:
    'Tell the person that they may choose somebody else. If they want it so, the council writes it into the agreement.',
  ended: 'The council agrees it anew with the person, or the fund is held another way.',
}

export interface FoundBreach {
  kind: BreachKind
  pence: number
  /** Who was paid; null for a fee. */
  provider: string | null
  on: Temporal.PlainDate
}

/** One sentence or two, for the person as well. */
export function breachWords(found: FoundBreach, holder: string): string {
  const amount = pounds(found.pence)
  const day = longDate(found.on)
  switch (found.kind) {
    case 'fee_above_agreed':
      return `${holder} took ${amount} more than was agreed for the week of ${day}.`
    case 'spent_without_asking':
      return `${holder} paid ${amount} to ${found.provider ?? 'a provider'} on ${day}, and nobody was asked.`
    case 'paid_late':
      return `${amount} to ${found.provider ?? 'a provider'} was to be paid by ${day}.`
    case 'own_service_not_told':
      return `${holder} paid itself ${amount} on ${day}. The agreement does not name its own services.`
    case 'ended':
      return `${holder} paid ${amount} to ${found.provider ?? 'a provider'} on ${day}, after the agreement had ended.`
  }
}
