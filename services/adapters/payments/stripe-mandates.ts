import type { MandateEnd, MandateState } from '#services/ports/payment-debits.ts'
import { known } from './vendor.ts'

/** What of a mandate is read, from an answer or an event. */
export interface MandateLike {
  id: string
  status: string
  payment_method: string | { id: string }
  payment_method_details: {
    bacs_debit?:
      | {
          network_status?: string
          reference?: string | null | undefined
          revocation_reason?: string | null | undefined
        }
      | undefined
  }
}

const ENDS: Readonly<Record<string, MandateEnd>> = {
  account_closed: 'account_closed',
  bank_account_restricted: 'account_restricted',
  bank_ownership_changed: 'account_moved',
  could_not_process: 'could_not_process',
  debit_not_authorized: 'not_agreed',
}

/** A mandate is active when both Stripe and the Bacs network say so; until the network has answered it is waiting. */
export function mandateState(mandate: MandateLike): MandateState {
  const {
    network_status: network,
    reference,
    revocation_reason: why,
  } = mandate.payment_method_details.bacs_debit ?? {}
  const ended = mandate.status === 'inactive' || network === 'refused' || network === 'revoked'
  return {
    mandate: mandate.id,
    method: typeof mandate.payment_method === 'string' ? mandate.payment_method : mandate.payment_method.id,
    status: ended ? 'ended' : mandate.status === 'active' && network !== 'pending' ? 'active' : 'waiting',
    why: ended ? (known(ENDS, why) ?? (network === 'refused' ? 'refused' : 'not_agreed')) : null,
    bankReference: reference ?? null,
  }
}
