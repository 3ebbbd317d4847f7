import type { PaymentResult, Payments } from '#services/ports/payments.ts'

/**
 * Default while no payment service is set: no money moves and every page says so. An amount that ends in 13p is declined,
 * so that the unhappy path can be seen. The answer depends on the request alone, so the same key always gets the same one.
 */
export function sandboxPayments(): Payments {
  return {
    name: 'sandbox',
    label: 'Demo: no money moves.',
    pay({ key, amount }): Promise<PaymentResult> {
      return Promise.resolve(
        amount % 100 === 13
          ? { status: 'declined', reason: 'sandbox' }
          : { status: 'confirmed', reference: `sandbox-${key}` },
      )
    },
  }
}
