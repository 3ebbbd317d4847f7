/** What holds for every payment service, so that the sandbox refuses what Stripe would. */
import { DomainError } from '#services/kernel/errors.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { PaymentFault } from '#services/ports/payments.ts'

/** docs.stripe.com/currencies: 30p is the least in pounds, eight digits of pence the most. */
const LEAST = pence(30)
const MOST = pence(99_999_999)

/** @throws PaymentFault when it is no amount that could be owed */
export function amountTaken(amount: Pence, fee: Pence = pence(0)): boolean {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new PaymentFault('an amount that is not above zero')
  if (!Number.isSafeInteger(fee) || fee < 0 || fee > amount)
    throw new PaymentFault('a fee that is no part of the amount')
  return amount >= LEAST && amount <= MOST
}

/** @throws PaymentFault when two different things could share a key */
export function checkKey(key: string): string {
  if (!/^[\w:.@-]{1,200}$/.test(key)) throw new PaymentFault('a key that is no key')
  return key
}

export const outage = (): DomainError =>
  new DomainError(
    'UNAVAILABLE',
    'The payment service does not answer at the moment. No money has moved. Please try again in a few minutes.',
  )

export const payeeNotReady = (): DomainError =>
  new DomainError(
    'REFUSED_BY_RULE',
    'Whoever is to be paid cannot take payments like this at the moment. Pay by bank transfer, or try again later.',
  )
