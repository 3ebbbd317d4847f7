import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { toDate } from '#services/kernel/time.ts'
import { readPurseTotals } from '#services/budgets/purse.server.ts'
import type { Deps } from '#services/ports/deps.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'cards' | 'log'>
const AT_ONCE = 500

/**
 * Job: puts on the cards of a fund what has arrived for it since the last time, from its funder and from the person, and takes off what went back to its funder, where
 * the scheme keeps a balance of its own. The ledger knows this money already: nothing is posted. The key counts what was done
 * before, so that a run that broke off puts nothing on twice.
 * @returns how many funds were changed
 */
export async function loadCards(deps: Needs, only: string | null = null): Promise<number> {
  let changed = 0
  let after: string | null = null
  do {
    const cards: { id: string; allocationId: string; personId: string }[] =
      await deps.db.prisma.card.findMany({
        where: {
          programme: { adapter: adapterOf(deps) },
          state: { in: ['waiting', 'active', 'frozen'] },
          ...(only ? { allocationId: only } : {}),
          ...(after ? { id: { gt: after } } : {}),
        },
        orderBy: { id: 'asc' },
        take: AT_ONCE,
        select: { id: true, allocationId: true, personId: true },
      })
    // One purse a fund, whoever carries its cards.
    const first = new Map(cards.map((card) => [card.allocationId, card]))
    for (const card of first.values()) if (await loadFund(deps, card)) changed += 1
    after = cards.length === AT_ONCE ? (cards.at(-1)?.id ?? null) : null
  } while (after !== null)
  return changed
}

/** Which programmes the cards port of this installation works for. */
export const adapterOf = ({ cards }: Pick<Deps, 'cards'>): 'emulator' | 'issuing' =>
  cards.name === 'emulator' ? 'emulator' : 'issuing'

/** What was put on the cards of a fund so far, less what was taken off, in pence, and how often that was. */
async function loadedOf(tx: Tx, allocationId: string): Promise<{ loaded: number; rows: number }> {
  const rows = await tx.cardTransaction.groupBy({
    by: ['movement'],
    where: { allocationId, movement: { in: ['load', 'unload'] }, state: 'cleared' },
    _sum: { pence: true },
    _count: true,
  })
  const of = (movement: 'load' | 'unload') => rows.find((row) => row.movement === movement)?._sum.pence ?? 0
  return { loaded: of('load') - of('unload'), rows: rows.reduce((all, { _count }) => all + _count, 0) }
}

async function loadFund(
  deps: Needs,
  card: { id: string; allocationId: string; personId: string },
): Promise<boolean> {
  const { prisma } = deps.db
  const { allocationId, personId } = card
  const [{ loaded, rows }, totals] = await Promise.all([
    loadedOf(prisma, allocationId),
    readPurseTotals(prisma, [allocationId]),
  ])
  const difference = (totals.get(allocationId)?.funded ?? 0) - loaded
  if (difference === 0) return false
  const movement = difference > 0 ? 'load' : 'unload'
  const key = `${movement}:${allocationId}:${String(rows)}:${String(loaded + difference)}`
  const amount = pence(Math.abs(difference))
  const result = await deps.cards[movement]({ key, allocation: allocationId, amount })
  if (result.status === 'not_needed') return false
  if (result.status !== 'done') {
    deps.log.warn({ allocationId, status: result.status }, 'a card could not be loaded, and is tried again')
    return false
  }
  const at = toDate(deps.clock.now())
  await prisma.cardTransaction.createMany({
    data: [
      {
        id: newId(),
        cardId: card.id,
        allocationId,
        personId,
        movement,
        state: 'cleared',
        pence: amount,
        externalId: key,
        clearedId: key,
        at,
        updatedAt: at,
      },
    ],
    skipDuplicates: true,
  })
  return true
}
