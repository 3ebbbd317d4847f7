import { createHash } from 'node:crypto'
import type { Tx } from '#services/db/client.server.ts'
import { pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { CardTransaction } from '#services/ports/card-files.ts'
import { writeDifferences } from '#services/reconciliation/write-differences.server.ts'

/** One line of a scheme, whichever file brings it: its own reference names it, and stands in no key as it is. */
const keyOf = (programmeId: string, row: CardTransaction): string =>
  `cards:file:${createHash('sha256').update(`${programmeId} ${row.card} ${row.reference}`).digest('hex').slice(0, 32)}`

/**
 * Lines of a card scheme's file that the books do not have are differences for somebody to look at; one that a later file
 * brings in is gone.
 * @param refused each with why it could not be taken
 */
export async function writeFileDifferences(
  tx: Tx,
  now: Temporal.Instant,
  of: { councilId: string; programmeId: string },
  rows: readonly CardTransaction[],
  refused: readonly { row: CardTransaction; why: string }[],
): Promise<void> {
  const inFile = new Set(rows.map((row) => keyOf(of.programmeId, row)))
  await writeDifferences(
    tx,
    now,
    refused.map(({ row, why }) => ({
      source: 'cards' as const,
      key: keyOf(of.programmeId, row),
      councilId: of.councilId,
      providerId: null,
      subjectId: of.programmeId,
      words: `The card scheme’s file has ${pounds(row.amount)}${row.merchant ? ` at ${row.merchant}` : ''} and the ledger has not. Why the line was left out: ${why}.`,
      ledgerPence: 0,
      outsidePence: row.amount,
    })),
    { source: 'cards', lookedFor: ({ key }) => inFile.has(key) },
  )
}
