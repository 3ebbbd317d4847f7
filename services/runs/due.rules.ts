/** What a council owes, put together as it is paid: one payment for a provider, a person and an order. Pure. */

/** One payable that is due. Pence; below zero what comes back. Dates are ISO. */
export interface DueRow {
  id: string
  providerId: string
  provider: string
  personId: string
  person: string
  pence: number
  onDay: string
  supplier: string | null
  /** The council's order, where one pays for it; null under a standing approval. */
  orderId: string | null
  order: string | null
  costCode: string | null
  caseReference: string | null
  payeeId: string | null
}

/** Why something cannot be paid. */
export type Block = 'supplier' | 'order' | 'payee' | 'credit'
export const BLOCK_WORDS: Record<Block, string> = {
  supplier: 'no supplier number',
  order: 'no order and no standing approval',
  payee: 'no bank details that may be used',
  credit: 'more comes back than is due',
}

export interface DueGroup {
  key: string
  providerId: string
  provider: string
  personId: string
  person: string
  supplier: string | null
  orderId: string | null
  order: string | null
  costCode: string | null
  caseReference: string | null
  payeeId: string | null
  payableIds: string[]
  /** What is due less what comes back. Pence. */
  pence: number
  /** What comes back, as a number above zero. Pence. */
  credits: number
  oldest: string
  newest: string
  blocks: Block[]
}

/**
 * Puts what is due together by provider, person and order, with why it cannot be paid. What comes back is set against what is
 * due under the same order; a sum below zero waits, a sum of nothing is set off.
 */
export function groupDue(rows: readonly DueRow[]): DueGroup[] {
  const groups = new Map<string, DueGroup>()
  for (const row of rows) {
    const key = [row.providerId, row.personId, row.order, row.costCode, row.caseReference].join('|')
    let group = groups.get(key)
    if (!group) {
      const {
        providerId,
        provider,
        personId,
        person,
        supplier,
        orderId,
        order,
        costCode,
        caseReference,
        payeeId,
      } = row
      group = { key, providerId, provider, personId, person, supplier, orderId, order, costCode, caseReference, payeeId, payableIds: [], pence: 0, credits: 0, oldest: row.onDay, newest: row.onDay, blocks: [] } // prettier-ignore
      groups.set(key, group)
    }
    group.payableIds.push(row.id)
    group.pence += row.pence
    if (row.pence < 0) group.credits -= row.pence
    if (row.onDay < group.oldest) group.oldest = row.onDay
    if (row.onDay > group.newest) group.newest = row.onDay
  }
  for (const group of groups.values()) {
    if (group.supplier === null) group.blocks.push('supplier')
    if (group.order === null) group.blocks.push('order')
    // Nothing moves when a credit meets a debt of the same size, so no account is needed.
    if (group.payeeId === null && group.pence !== 0) group.blocks.push('payee')
    if (group.pence < 0) group.blocks.push('credit')
  }
  return [...groups.values()].sort(
    (a, b) =>
      a.provider.localeCompare(b.provider, 'en-GB') ||
      a.person.localeCompare(b.person, 'en-GB') ||
      (a.key < b.key ? -1 : 1),
  )
}

export const isPayable = (group: DueGroup): boolean => group.blocks.length === 0
