import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Desk, isTheirs, requireDesk } from './reconciliation.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

async function ofDesk(tx: Tx, desk: Desk, itemId: string): Promise<{ id: string }> {
  const item = isId(itemId) ? await tx.reconciliationItem.findUnique({ where: { id: itemId } }) : null
  if (!item || !isTheirs(desk, item)) throw notFound()
  return item
}

const over = (): DomainError =>
  new DomainError('STALE_STATE', 'This was explained meanwhile, or agrees by now. Nothing was changed.')

/**
 * Takes a difference over: from nobody, or from a colleague.
 * @throws SIGN_IN; NOT_FOUND for all but finance and operators; STALE_STATE when it is over
 */
export async function takeItem(deps: Needs, given: Actor, itemId: string): Promise<void> {
  const desk = requireDesk(given)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { id } = await ofDesk(tx, desk, itemId)
    const taken = await tx.reconciliationItem.updateMany({
      where: { id, state: 'open' },
      data: { ownerUserId: desk.actor.userId },
    })
    if (taken.count !== 1) throw over()
    await recordAudit(tx, now, given, {
      action: 'reconciliation.taken',
      subjectType: 'reconciliation_item',
      subjectId: id,
      forPersonId: null,
    })
  })
}

const MISSING = 'Say what it was, for whoever looks at it later.'
const noteSchema = z
  .string({ error: MISSING })
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(3, MISSING).max(1_000, 'Make this shorter: 1,000 letters at most.'))

/**
 * Says what a difference was, and closes it. It stays closed as long as its figures do. Who explains it owns it.
 * @throws as `takeItem`; ZodError beside `note`
 */
export async function explainItem(
  deps: Needs,
  given: Actor,
  input: { itemId: string; note: string },
): Promise<void> {
  const desk = requireDesk(given)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { id } = await ofDesk(tx, desk, input.itemId)
    const { note } = z.object({ note: noteSchema }).parse({ note: input.note })
    const closed = await tx.reconciliationItem.updateMany({
      where: { id, state: 'open' },
      data: {
        state: 'explained',
        note,
        ownerUserId: desk.actor.userId,
        closedById: desk.actor.userId,
        closedAt: toDate(now),
      },
    })
    if (closed.count !== 1) throw over()
    await recordAudit(tx, now, given, {
      action: 'reconciliation.explained',
      subjectType: 'reconciliation_item',
      subjectId: id,
      forPersonId: null,
    })
  })
}
