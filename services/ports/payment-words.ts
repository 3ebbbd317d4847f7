/** The port's codes in words for a person: what happened, and what to do. One home, so that no page words them differently. */
import type { AccountStatus, Missing, PayoutFailure } from './payment-accounts.ts'
import type { MandateEnd } from './payment-debits.ts'
import type { DisputeReason } from './payment-events.ts'
import type { DeclineReason, RefundRefusal } from './payments.ts'

interface Words {
  what: string
  next: string
}

const OTHER_CARD = 'Pay with another card, or by bank transfer.'

export const declineWords: Readonly<Record<DeclineReason, Words>> = {
  not_enough_money: {
    what: 'There is not enough money on the card or in the account.',
    next: 'Put money in and try again, or pay another way.',
  },
  over_limit: {
    what: 'The card has reached a limit that its bank sets.',
    next: 'Try again tomorrow, ask the bank, or pay another way.',
  },
  card_expired: { what: 'The card has run out.', next: 'Save the new card, then try again.' },
  card_details_wrong: {
    what: 'The bank does not know the card by these details.',
    next: 'Save the card again, then try again.',
  },
  card_blocked: { what: 'The bank does not let this card be used.', next: OTHER_CARD },
  kind_not_taken: { what: 'This card cannot be used for this kind of payment.', next: OTHER_CARD },
  not_agreed: {
    what: 'The bank asked for the payment to be agreed, and it was not.',
    next: 'Try again and agree on the bank’s page, or pay another way.',
  },
  bank_said_no: {
    what: 'The bank said no and did not say why.',
    next: 'Ask the bank, or pay another way.',
  },
  try_later: { what: 'The bank could not answer.', next: 'Try again in some minutes.' },
  no_way_to_pay: {
    what: 'No card is saved that can be charged.',
    next: 'Save a card, or pay by bank transfer.',
  },
  amount_not_taken: {
    what: 'Cards and Direct Debits take from 30p to £999,999.99.',
    next: 'Pay by bank transfer, or together with the next payment.',
  },
  payee_not_ready: {
    what: 'Whoever is to be paid cannot take payments like this at the moment.',
    next: 'Pay by bank transfer, or wait: we have told them.',
  },
  account_closed: {
    what: 'The bank account is closed or cannot be found.',
    next: 'Set the Direct Debit up again with the account that is used now.',
  },
  mandate_ended: { what: 'The Direct Debit was cancelled.', next: 'Set it up again, or pay another way.' },
  cancelled: { what: 'The payment was called off.', next: 'Start it again if it is still owed.' },
  sandbox: {
    what: 'In this demo an amount that ends in 13p is refused.',
    next: 'Pay another amount to see it work.',
  },
}

export const refundRefusalWords: Readonly<Record<RefundRefusal, string>> = {
  more_than_paid: 'That is more than what is left of the payment.',
  already_refunded: 'All of this payment has been given back already.',
  not_paid: 'This payment has not been made, so nothing can be given back.',
  disputed: 'The payer’s bank is asking for this payment back. Wait until that has ended.',
  not_enough_money:
    'There is not enough on the provider’s payment account. Try again after the next payments came in.',
}

export const missingWords: Readonly<Record<Missing, string>> = {
  bank_account: 'The bank account that money goes to',
  identity_document: 'A picture of an identity document',
  date_of_birth: 'A date of birth',
  name: 'A full name',
  address: 'An address',
  contact: 'An e-mail address or a telephone number',
  organisation: 'The organisation’s name, number or papers',
  people_in_charge: 'Who runs and who owns the organisation',
  tax_number: 'A tax or company number',
  what_you_do: 'What you do, and your website or a description',
  agreement: 'Your agreement to the payment service’s terms',
  something_else: 'Something that the payment service asks on its own page',
}

export const accountWords: Readonly<Record<AccountStatus, Words>> = {
  new: { what: 'Card payments are not set up yet.', next: 'Set them up: it takes about ten minutes.' },
  more_needed: { what: 'The payment service needs more from you.', next: 'Give what is missing.' },
  checking: {
    what: 'The payment service is checking what you gave.',
    next: 'Nothing to do. It mostly takes a day or two.',
  },
  ready: { what: 'You can be paid by card.', next: 'Nothing to do.' },
  paused: { what: 'The payment service has paused your account.', next: 'See what it asks for and give it.' },
  closed: {
    what: 'Your account with the payment service is closed.',
    next: 'Set up a new one, or be paid by bank transfer.',
  },
}

export const payoutFailureWords: Readonly<Record<PayoutFailure, Words>> = {
  account_closed: {
    what: 'The bank account is closed.',
    next: 'Give another bank account on the payment service’s pages.',
  },
  account_wrong: {
    what: 'The bank does not know this account or its name.',
    next: 'Check the bank account on the payment service’s pages.',
  },
  account_restricted: {
    what: 'The bank account cannot take money in.',
    next: 'Ask the bank, or give another account.',
  },
  bank_said_no: { what: 'The bank sent the money back.', next: 'Ask the bank, or give another account.' },
}

export const mandateEndWords: Readonly<Record<MandateEnd, string>> = {
  account_closed: 'The bank account was closed.',
  account_restricted: 'The bank account does not allow Direct Debits.',
  account_moved: 'The bank account was moved to another bank or owner.',
  not_agreed: 'It was cancelled by the payer or their bank.',
  could_not_process: 'The bank could not set it up.',
  refused: 'The bank refused it.',
}

export const disputeWords: Readonly<Record<DisputeReason, string>> = {
  not_recognised: 'The payer told their bank that they do not know this payment.',
  not_received: 'The payer told their bank that they did not get what was paid for.',
  not_as_agreed: 'The payer told their bank that it was not what was agreed.',
  twice: 'The payer told their bank that they paid twice.',
  debit_taken_back: 'The payer’s bank took the Direct Debit back.',
  other: 'The payer’s bank is asking for the money back.',
}
