import type { Db } from '#services/db/client.server.ts'

/** One thing that is not as the ledger promises. */
export interface LedgerFault {
  /** The number of the invariant that it breaks, as in docs/decisions/2026-11-21-two-books.md. */
  invariant: number
  /** The account, journal, hold or refund: keys and ids only, nobody's name. */
  subject: string
}

export interface Verified {
  journals: number
  postings: number
  accounts: number
  /** At most 200; empty when the books are right. */
  faults: LedgerFault[]
}

const MOST = 200

/**
 * Proves the books: reads the whole ledger and looks at every invariant that its tables can tell of. It holds no locks, and
 * sees one moment.
 */
export async function verifyBooks(db: Pick<Db, 'query'>): Promise<Verified> {
  const [row] = await db.query<Verified>(
    'ledger.verify',
    `select (select count(*) from ledger_journal) as journals, (select count(*) from ledger_posting) as postings,
       (select count(*) from ledger_account) as accounts,
       coalesce((select json_agg(f) from (select * from ledger_faults() union all select * from money_faults() union all select * from invoice_faults() order by invariant, subject limit ${String(MOST)}) f), '[]') as faults`,
    [],
  )
  if (!row) throw new Error('the database gave no answer')
  return row
}
