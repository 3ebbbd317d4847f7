import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { opensPage } from '#services/councils/council-pages.rules.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { clockTime, fromDate, inLondon, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const PER_PAGE = 50
/** What needs nobody. */
const WELL = ['done', 'nothing to do']

export const WEBHOOK_STATES = ['look', 'waiting', 'handled'] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]
const WHICH = {
  look: { OR: [{ handledAt: { not: null }, outcome: { notIn: WELL } }, { outcome: 'could not be handled' }] },
  waiting: { handledAt: null },
  handled: { handledAt: { not: null }, outcome: { in: WELL } },
}

/** @throws SIGN_IN when signed out; NOT_FOUND for all but operators */
function requireOperator(actor: Actor): void {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.kind !== 'user' || !actor.operator || !opensPage('webhooks', ['operator'])) throw notFound()
}

/** Events of the payment service and of card schemes, newest first: those to look at, those that wait, those that were handled. */
export async function webhooksPage(deps: Needs, actor: Actor, input: { state: string | null; page: number }) {
  requireOperator(actor)
  const state: WebhookState = WEBHOOK_STATES.find((one) => one === input.state) ?? 'look'
  const counts = await Promise.all(
    WEBHOOK_STATES.map((one) => deps.db.prisma.webhookEvent.count({ where: WHICH[one] })),
  )
  const total = counts[WEBHOOK_STATES.indexOf(state)] ?? 0
  const pages = Math.max(1, Math.ceil(total / PER_PAGE))
  const page = Math.min(Math.max(1, input.page), pages)
  const rows = await deps.db.prisma.webhookEvent.findMany({
    where: WHICH[state],
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  })
  return {
    state,
    page,
    pages,
    counts: Object.fromEntries(WEBHOOK_STATES.map((one, at) => [one, counts[at] ?? 0])),
    events: rows.map((row) => {
      const at = inLondon(fromDate(row.receivedAt))
      return {
        id: row.id,
        externalId: row.externalId,
        kind: row.kind.replaceAll('_', ' '),
        received: `${shortDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`,
        tries: row.attempts,
        outcome: row.outcome || 'waiting',
        again: !WELL.includes(row.outcome),
      }
    }),
  }
}

/**
 * Handles an event once more. What was done is done: pressing twice, or for an event that had its effect, changes nothing.
 * @throws as webhooksPage; NOT_FOUND
 */
export async function replayWebhook(deps: Needs, actor: Actor, eventId: string): Promise<void> {
  requireOperator(actor)
  if (!isId(eventId)) throw notFound()
  await deps.db.tx(async (tx) => {
    const event = await tx.webhookEvent.findUnique({ where: { id: eventId }, select: { source: true } })
    if (!event) throw notFound()
    const opened = await tx.webhookEvent.updateMany({
      where: { id: eventId, outcome: { notIn: WELL } },
      data: { handledAt: null, outcome: '' },
    })
    if (opened.count === 0) return
    const job = event.source === 'cards' ? 'handle_card_event' : 'handle_webhook'
    await addJob(tx, job, { eventId }, { key: `webhook:${eventId}` })
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'webhook.replayed',
      subjectType: 'webhook_event',
      subjectId: eventId,
    })
  })
}
