import type { Trace } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, isoText } from '#services/kernel/time.ts'
import type { AccountRef } from './accounts.rules.ts'
import { type Journal, imbalance } from './templates.rules.ts'

/** The two JSON arguments of the database function `ledger_post`. */
export interface LedgerCall {
  journals: string
  accounts: string
}

/**
 * Shapes journals for `ledger_post`. Journals without lines (nothing to move) are left out.
 * @throws Error when a journal does not balance: a fault of ours, never of a person.
 */
export function ledgerCall(journals: readonly Journal[], at: Temporal.Instant, trace: Trace): LedgerCall {
  const accounts = new Map<string, AccountRef & { id: string }>()
  const wire = journals
    .filter((journal) => journal.lines.length > 0)
    .map((journal) => {
      const fault = imbalance(journal)
      if (fault) throw new Error(fault)
      return {
        id: newId(),
        key: journal.key,
        kind: journal.kind,
        effective_at: isoText(at),
        actor_user_id: trace.actorUserId,
        person_id: trace.forPersonId,
        authority_id: trace.authorityId,
        reverses_id: journal.reversesId ?? null,
        note: journal.note ?? '',
        postings: journal.lines.map((line) => {
          if (!accounts.has(line.account.key))
            accounts.set(line.account.key, { ...line.account, id: newId() })
          return {
            account: line.account.key,
            amount: line.amount,
            booking_id: line.bookingId,
            visit_id: line.visitId,
            ...(line.refId === undefined ? {} : { ref_id: line.refId }),
          }
        }),
      }
    })
  return { journals: JSON.stringify(wire), accounts: JSON.stringify([...accounts.values()]) }
}
