import type { PaymentsSandbox } from '#services/ports/payments-sandbox.ts'
import type { Payments } from '#services/ports/payments.ts'
import { sandboxAccounts } from './sandbox-accounts.ts'
import { sandboxControl } from './sandbox-control.server.ts'
import { readSandboxWebhook } from './sandbox-events.server.ts'
import { sandboxHosted } from './sandbox-hosted.ts'
import type { Sandbox } from './sandbox-kinds.ts'
import { sandboxPaying } from './sandbox-payments.ts'

/**
 * Default while no payment service is set: no money moves and every page says so. It has the states that a real one has,
 * the unhappy ones too: an amount that ends in 13p is declined, and the demo's control panel makes the rest happen.
 * @param secret signs its events; any text that only this installation knows
 */
export function sandboxPayments(sandbox: Sandbox, secret: string): Payments & { sandbox: PaymentsSandbox } {
  return {
    name: 'sandbox',
    label: 'Demo: no money moves.',
    ...sandboxPaying(sandbox),
    ...sandboxHosted(sandbox),
    ...sandboxAccounts(sandbox),
    readWebhook: readSandboxWebhook(sandbox, secret),
    sandbox: sandboxControl(sandbox, secret),
  }
}
