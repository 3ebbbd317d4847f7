/** Whether whoever holds a fund may pay something now, and by whose word. Pure. */

export const HELD = ['direct_payment_managed_account', 'individual_service_fund'] as const
export type HeldDeployment = (typeof HELD)[number]

/** As far as paying asks about what was agreed. Days are ISO. */
export interface PayingTerms {
  startsOn: string
  endsOn: string | null
  mostAtOncePence: number | null
  /** "Pay what I have said yes to, without asking me again." */
  standing: boolean
}

export type Word =
  /** The person, or somebody for them, said: pay this. */
  | 'told'
  /** Their standing instruction. */
  | 'standing'
  /** What was agreed for an individual service fund. */
  | 'agreement'
export type NoWord = 'not_told' | 'amount_changed' | 'above_limit' | 'no_agreement' | 'agreement_over'

export const inForce = (terms: Pick<PayingTerms, 'startsOn' | 'endsOn'>, today: string): boolean =>
  terms.startsOn <= today && (terms.endsOn === null || today <= terms.endsOn)

/**
 * A managed account pays nothing without the person's instruction, for this or a standing one. An individual service fund
 * pays under its agreement; above what was agreed for one payment it asks. The person's own word is good in both, also
 * when an agreement has ended: what is owed for a visit that happened is owed.
 */
export function wordFor(asked: {
  deployment: HeldDeployment
  terms: PayingTerms | null
  pence: number
  /** The instruction that stands for it, and for how much it was given. */
  told: { pence: number } | null
  today: string
}): Word | NoWord {
  const { deployment, terms, pence, told, today } = asked
  if (told) return told.pence === pence ? 'told' : 'amount_changed'
  const managed = deployment === 'direct_payment_managed_account'
  if (managed && !terms?.standing) return 'not_told'
  if (!terms) return 'no_agreement'
  if (!inForce(terms, today)) return 'agreement_over'
  if (terms.mostAtOncePence !== null && pence > terms.mostAtOncePence) return 'above_limit'
  return managed ? 'standing' : 'agreement'
}

const WORDS: readonly (Word | NoWord)[] = ['told', 'standing', 'agreement']
export const isWord = (word: Word | NoWord): word is Word => WORDS.includes(word)

/** Days within which it is paid: from the instruction, or where none is needed from the day that it was owed. */
export const PAY_WITHIN_DAYS = 14
