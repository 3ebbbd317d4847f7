import { type Pence, pounds } from '#services/kernel/money.ts'
import type { CardDecline } from './cards.ts'

const WHAT: Readonly<Record<CardDecline, string>> = {
  not_enough: 'There was not enough left in this fund.',
  kind_of_shop: 'This fund’s card does not work in this kind of shop.',
  cash_not_agreed: 'Taking out cash is not agreed for this card.',
  over_purchase_limit: 'It was more than this card may spend at once.',
  over_period_limit: 'It was more than this card may spend in a day or a month.',
  frozen: 'The card is frozen.',
  not_active: 'The card has not been started yet.',
  ended: 'The card has ended.',
  fund_ended: 'The fund that this card draws on has ended.',
  no_answer: 'We could not answer the shop in time. Nothing was taken.',
  scheme_said_no: 'The card scheme said no.',
}
const NEXT: Readonly<Record<CardDecline, string>> = {
  not_enough: 'See what is set aside, or ask the council about the budget.',
  kind_of_shop: 'See where it works, or ask the council to agree this kind of shop.',
  cash_not_agreed: 'Pay with the card itself, or ask the council to agree cash.',
  over_purchase_limit: 'Pay a smaller amount, or ask the council to raise the limit.',
  over_period_limit: 'Try tomorrow or next month, or ask the council to raise the limit.',
  frozen: 'Unfreeze it first.',
  not_active: 'Start it first.',
  ended: 'Use the new card.',
  fund_ended: 'Ask the council what comes next.',
  no_answer: 'Try again.',
  scheme_said_no: 'Try again, or ask the people who run the card.',
}

/** What happened and what would have worked, for the person. */
export const cardDeclineWords = (
  reason: CardDecline,
  upTo: Pence | null,
): { what: string; next: string } => ({
  what: WHAT[reason],
  next: upTo !== null && upTo > 0 ? `Up to ${pounds(upTo)} would have worked.` : NEXT[reason],
})
