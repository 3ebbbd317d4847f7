import type { Tx } from '#services/db/client.server.ts'
import type { AccountRef } from '#services/ledger/accounts.rules.ts'
import { imbalance, type Journal } from '#services/ledger/templates.rules.ts'
import { at, type Kit } from './kit.ts'

export interface By {
  userId?: string | null
  personId?: string | null
  authorityId?: string | null
}
/** Journals in the order in which they happened, with what the ledger's own use cases would have written. */
export interface LedgerBook {
  /** @returns the journal's id, for a refund to name */
  post(ms: number, journal: Journal, by?: By): string
  /** Through the one door that the ledger has: it checks every invariant again. */
  write(tx: Tx): Promise<void>
  readonly size: number
}

const AT_ONCE = 1_000

interface WireJournal {
  id: string
  postings: {
    account: string
    amount: number
    booking_id: string | null
    visit_id: string | null
    ref_id?: string
  }[]
  [key: string]: unknown
}

export function ledgerBook(kit: Kit): LedgerBook {
  const journals: WireJournal[] = []
  const accounts = new Map<string, AccountRef & { id: string }>()
  return {
    get size() {
      return journals.length
    },
    post(ms, journal, by = {}) {
      const id = kit.id(ms)
      if (journal.lines.length === 0) return id
      const fault = imbalance(journal)
      if (fault) throw new Error(fault)
      journals.push({
        id,
        key: journal.key,
        kind: journal.kind,
        effective_at: at(ms).toISOString(),
        actor_user_id: by.userId ?? null,
        person_id: by.personId ?? null,
        authority_id: by.authorityId ?? null,
        reverses_id: journal.reversesId ?? null,
        note: journal.note ?? '',
        postings: journal.lines.map((line) => {
          const { key } = line.account
          if (!accounts.has(key)) accounts.set(key, { ...line.account, id: kit.id(ms) })
          const about = { booking_id: line.bookingId, visit_id: line.visitId }
          const ref = line.refId === undefined ? {} : { ref_id: line.refId }
          return { account: key, amount: line.amount, ...about, ...ref }
        }),
      })
      return id
    },
    async write(tx) {
      for (let from = 0; from < journals.length; from += AT_ONCE) {
        const part = journals.slice(from, from + AT_ONCE)
        const named = new Set(part.flatMap((journal) => journal.postings.map((posting) => posting.account)))
        const refs = [...named].map((key) => accounts.get(key))
        await tx.$queryRawUnsafe(
          'select count(*)::int from ledger_post($1::jsonb, $2::jsonb)',
          JSON.stringify(part),
          JSON.stringify(refs),
        )
      }
    },
  }
}
