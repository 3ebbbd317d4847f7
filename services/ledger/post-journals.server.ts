import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { sqlState } from '#services/db/errors.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { Journal } from './templates.rules.ts'
import { ledgerCall } from './wire.rules.ts'

const rows = z.array(z.object({ journal_id: z.string(), journal_key: z.string(), created: z.boolean() }))

export interface Posted {
  id: string
  key: string
  /** False when this key had been posted before: nothing moved now. */
  created: boolean
}

/**
 * Posts journals in the order given, all or nothing, in the caller's transaction and in one round trip.
 * Accounts that do not exist yet are made. The same key with the same content posts once.
 *
 * @throws DomainError NOT_ENOUGH_MONEY when an account would leave its bounds, STALE_STATE when a key was used for
 *   something else or a hold has changed meanwhile. Either way the transaction is over.
 */
export async function postJournals(
  tx: Tx,
  at: Temporal.Instant,
  actor: Actor,
  journals: readonly Journal[],
): Promise<Posted[]> {
  const call = ledgerCall(journals, at, traceOf(actor))
  if (call.journals === '[]') return []
  try {
    const posted = rows.parse(
      await tx.$queryRaw`select journal_id, journal_key, created from ledger_post(${call.journals}::jsonb, ${call.accounts}::jsonb)`,
    )
    return posted.map((row) => ({ id: row.journal_id, key: row.journal_key, created: row.created }))
  } catch (error) {
    throw ledgerRefusal(error)
  }
}

/** What the ledger's refusals mean to a person; anything else comes back as it was. */
export function ledgerRefusal(error: unknown): unknown {
  switch (sqlState(error)) {
    case 'KL002':
      return new DomainError(
        'NOT_ENOUGH_MONEY',
        'There is not enough left in the fund for this. Nothing was changed.',
        {},
        { cause: error },
      )
    case 'KL001':
    case 'KL006':
      return new DomainError(
        'STALE_STATE',
        'This has changed since you opened the page. Look again before you go on.',
        {},
        { cause: error },
      )
    case 'KL005':
      return new DomainError(
        'REFUSED_BY_RULE',
        'Only what a fund paid can go back to it, and no more than that.',
        {},
        { cause: error },
      )
    default:
      return error
  }
}
