import type { Deps } from '#services/ports/deps.ts'
import { readBankDifferences } from './read-bank.server.ts'
import { readCardDifferences, readLoadDifferences } from './read-cards.server.ts'
import { comparedFrom, readPaymentDifferences } from './read-payments.server.ts'
import { isResult } from './compare-runs.rules.ts'
import { readRunDifferences } from './read-runs.server.ts'
import { type Written, writeDifferences } from './write-differences.server.ts'

/**
 * Job, every day: holds the books against the payment service, payment runs, cards and bank files. The service is asked
 * outside of a transaction; each source is written in one of its own, so that one that fails keeps none from the others.
 * @returns how many items are open that were not, and how many are gone
 */
export async function reconcile(deps: Pick<Deps, 'db' | 'clock' | 'payments' | 'log'>): Promise<Written> {
  const now = deps.clock.now()
  const { prisma } = deps.db
  const written: Written[] = []
  written.push(
    await deps.db.tx(async (tx) =>
      writeDifferences(tx, now, await readRunDifferences(tx, now), {
        source: 'payment_run',
        // What a result file said holds until another one says otherwise.
        lookedFor: ({ key }) => !isResult(key),
      }),
    ),
  )
  written.push(
    await deps.db.tx(async (tx) =>
      writeDifferences(
        tx,
        now,
        [...(await readCardDifferences(tx, now)), ...(await readLoadDifferences(tx, now))],
        {
          source: 'cards',
          // What a card file said of a line is known to whoever reads such files.
          lookedFor: ({ key }) => !key.startsWith('cards:file:'),
        },
      ),
    ),
  )
  written.push(
    await deps.db.tx(async (tx) =>
      writeDifferences(tx, now, await readBankDifferences(tx, now), { source: 'bank' }),
    ),
  )
  const seen = await readPaymentDifferences(deps, await comparedFrom(prisma, now), now)
  written.push(
    await deps.db.tx((tx) =>
      writeDifferences(tx, now, seen.found, {
        source: 'payments',
        // Of an account that could not be read to its end nothing is known to be gone.
        lookedFor: (item) =>
          seen.owners.some(({ councilId, providerId }) =>
            providerId === null ? councilId === item.councilId : providerId === item.providerId,
          ),
      }),
    ),
  )
  const sum = (pick: (one: Written) => number): number => written.reduce((all, one) => all + pick(one), 0)
  return { opened: sum((one) => one.opened), gone: sum((one) => one.gone) }
}
