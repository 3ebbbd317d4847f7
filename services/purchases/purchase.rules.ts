/** What a purchase from somebody who is not listed goes through, who has to say yes, and what a fund's rules say. Pure. */
import type { Deployment } from '#services/budgets/payer.rules.ts'
import { type Fund, fundRefusal } from '#services/budgets/split.rules.ts'
import { type CategoryCode, type CategoryEntry, CATEGORIES } from '#services/catalogue/categories.ts'
import { pence, pounds, share, smaller, type Pence } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'

export const STATES = ['proposed', 'agreed', 'ordered', 'paid', 'refused', 'withdrawn'] as const
export type PurchaseState = (typeof STATES)[number]

/**
 * Who presses what is purchases.policy.ts; this is where a press leads. `agree` and `answer_yes` lead on only when the
 * other side has said yes as well. `ask_again` goes back to the start at another price.
 */
export const TRANSITIONS = {
  agree: { from: ['proposed'], to: 'agreed' },
  refuse: { from: ['proposed'], to: 'refused' },
  answer_yes: { from: ['proposed'], to: 'agreed' },
  withdraw: { from: ['proposed', 'agreed'], to: 'withdrawn' },
  order: { from: ['agreed'], to: 'ordered' },
  give_up: { from: ['ordered'], to: 'withdrawn' },
  pay: { from: ['ordered'], to: 'paid' },
  ask_again: { from: ['agreed', 'ordered'], to: 'proposed' },
} as const satisfies Record<string, { from: readonly PurchaseState[]; to: PurchaseState }>
export type Press = keyof typeof TRANSITIONS

export const mayPress = (press: Press, state: PurchaseState): boolean =>
  (TRANSITIONS[press].from as readonly PurchaseState[]).includes(state)

/**
 * Kinds of support that somebody who is not listed may be paid for. Care is not among them: whoever gives it is checked
 * first. A short break may be a cottage, which is no care.
 */
export const BOUGHT_ELSEWHERE: readonly CategoryEntry[] = CATEGORIES.filter(
  ({ code, personalCare }) => personalCare === 'no' || code === 'short_breaks',
)
export const BOUGHT_CODES = BOUGHT_ELSEWHERE.map(({ code }) => code) as [CategoryCode, ...CategoryCode[]]

/** Who says yes for those whose money it is. */
export type Decider =
  /** A rule did: nobody is asked. */
  | 'rule'
  /** Any adviser of the person's council. */
  | 'adviser'
  /** The adviser who holds the fund, up to the council's limit for one purchase. */
  | 'named_adviser'
  /** Above it. */
  | 'finance'

export interface Limits {
  /** A carer's purchase up to this is agreed at once; null: none is. */
  atOncePence: number | null
  /** The most that a personal adviser agrees alone; null: finance agrees each. */
  adviserPence: number | null
}

/** Own money is nobody's but theirs; a small purchase of a carer is theirs to choose; what an adviser holds has its limit. */
export function deciderOf(
  fund: { streamKind: string; deployment: Deployment },
  price: number,
  limits: Limits,
): Decider {
  if (fund.streamKind === 'own_money') return 'rule'
  if (fund.deployment === 'adviser_held')
    return limits.adviserPence !== null && price <= limits.adviserPence ? 'named_adviser' : 'finance'
  const atOnce = fund.streamKind === 'carer' && limits.atOncePence !== null && price <= limits.atOncePence
  return atOnce ? 'rule' : 'adviser'
}

/** Who hands over the money, and so who writes down that it was paid. */
export type Recorder = 'person' | 'holder' | 'adviser' | 'finance'

export function recorderOf(deployment: Deployment): Recorder {
  switch (deployment) {
    case 'direct_payment_bank':
    case 'direct_payment_card':
      return 'person'
    case 'direct_payment_managed_account':
    case 'individual_service_fund':
      return 'holder'
    case 'adviser_held':
      return 'adviser'
    case 'council_managed':
      return 'finance'
  }
}

/** More than was agreed may be paid up to a tenth or £20.00, whichever is less, and only after asking once more. */
const MOST_OVER = pence(2_000)
const OVER_SHARE = 1_000
export const mostOver = (agreed: Pence): Pence => smaller(share(agreed, OVER_SHARE), MOST_OVER)

export type PaidMore = 'as_agreed' | 'ask_once_more' | 'agree_again'
export function paidMore(agreed: Pence, paid: Pence): PaidMore {
  if (paid <= agreed) return 'as_agreed'
  return paid - agreed <= mostOver(agreed) ? 'ask_once_more' : 'agree_again'
}

const day = (iso: string): string => longDate(Temporal.PlainDate.from(iso))

/** What one hour, visit or item comes to, the odd penny up. */
export const eachOf = (price: number, units: number): number => Math.ceil(price / Math.max(1, units))

/**
 * Why a fund may not pay for this on a day, by the same rules as for what is booked; null when it may. The sentence names
 * the fund, what it can buy, and the rule. That a council-managed fund needs a line in the plan is no rule here: the
 * council's yes to the purchase is that line.
 */
export function purchaseRefusal(
  fund: Fund,
  ask: { category: string; categoryName: string; on: string; pence: number; units: number },
): string | null {
  const can = `${fund.name} can pay for ${fund.canBuy.replace(/\.$/, '')}`
  if (ask.on < fund.startsOn) return `${can}. It begins on ${day(fund.startsOn)}, so it cannot pay yet.`
  if (ask.on > fund.endsOn)
    return `${can}. It ended on ${day(fund.endsOn)}, so it cannot pay for anything new.`
  const line = { category: ask.category, approved: true, startsOn: fund.startsOn, endsOn: fund.endsOn }
  const listed = { on: ask.on, unitPence: 0, accredited: true, supplier: true, inArea: true }
  const refusal = fundRefusal({ ...fund, planLines: [line] }, ask.category, listed)
  if (refusal !== null) {
    const why = fund.refusedReasons[ask.category] ?? fund.refusalReason
    const reason = why === '' ? '' : ` ${why}`
    return `${can}. ${ask.categoryName} is not on its list.${reason}`
  }
  if (fund.accreditedOnly)
    return `${can}. It pays accredited providers only, and a seller who is not listed here has shown us no accreditation.`
  const each = eachOf(ask.pence, ask.units)
  if (fund.unitCeilingPence !== null && each > fund.unitCeilingPence)
    return `${can}, up to ${pounds(fund.unitCeilingPence)} for each hour, visit or item. This is ${pounds(each)} for each. If the price is for several, say how many.`
  return null
}

/** The state in words for whoever's money it is, with the next step. */
export function standingWords(
  purchase: {
    state: PurchaseState
    pence: number
    paidPence: number | null
    personAgreed: boolean
    councilAgreed: boolean
  },
  decider: Decider,
): { tone: 'plain' | 'asked' | 'done' | 'stop'; words: string } {
  switch (purchase.state) {
    case 'proposed':
      if (!purchase.personAgreed) return { tone: 'asked', words: 'Waiting for your yes or no' }
      return {
        tone: 'asked',
        words:
          decider === 'named_adviser'
            ? 'Asked. Waiting for your adviser'
            : 'Asked. Waiting for the council to agree it',
      }
    case 'agreed':
      return { tone: 'done', words: 'Agreed. You can set the money aside' }
    case 'ordered':
      return { tone: 'asked', words: `${pounds(purchase.pence)} is set aside for it` }
    case 'paid':
      return { tone: 'done', words: `Paid: ${pounds(purchase.paidPence ?? purchase.pence)}` }
    case 'refused':
      return { tone: 'stop', words: 'The council said no' }
    case 'withdrawn':
      return { tone: 'plain', words: 'Not bought' }
  }
}
