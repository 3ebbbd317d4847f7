import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { commentSchema, noteSchema, takeBackSchema } from './shortlist.schema.ts'
import { requireOwnShortlist, requireShortlist } from './shortlist.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** A list of comments is never unbounded. */
export const MOST_COMMENTS = 30

async function record(deps: Needs, tx: Tx, actor: Actor, action: string, personId: string, entryId: string) {
  await recordAudit(tx, deps.clock.now(), actor, {
    action,
    subjectType: 'shortlist_entry',
    subjectId: entryId,
    forPersonId: personId,
  })
}

/**
 * The person writes why they keep it; an empty note takes it away.
 * @throws SIGN_IN; NOT_FOUND for strangers and for an entry of another list; FORBIDDEN for every supporter
 */
export async function writeNote(
  deps: Needs,
  actor: Actor,
  { personId, entryId, note }: z.output<typeof noteSchema>,
): Promise<void> {
  requireOwnShortlist(actor, personId)
  await deps.db.asActor(actor, async (tx) => {
    const written = await tx.shortlistEntry.updateMany({ where: { id: entryId, personId }, data: { note } })
    if (written.count !== 1) throw notFound()
    await record(deps, tx, actor, 'shortlist.note_written', personId, entryId)
  })
}

/**
 * The person, or a supporter with the scope `shortlist`, says something about an entry. Everybody who sees the list sees it,
 * with who said it and when.
 * @throws SIGN_IN; NOT_FOUND; FORBIDDEN without the scope; TOO_MANY beyond 30 of one entry
 */
export async function comment(
  deps: Needs,
  actor: Actor,
  { personId, entryId, comment: body }: z.output<typeof commentSchema>,
): Promise<void> {
  requireShortlist(actor, personId)
  await deps.db.asActor(actor, async (tx) => {
    const entry = await tx.shortlistEntry.findFirst({
      where: { id: entryId, personId },
      select: { _count: { select: { comments: true } } },
    })
    const { actorUserId, authorityId } = traceOf(actor)
    if (!entry || !actorUserId) throw notFound()
    if (entry._count.comments >= MOST_COMMENTS)
      throw new DomainError(
        'TOO_MANY',
        `There are ${String(MOST_COMMENTS)} comments on this already. Talk it over, or take one of yours back first.`,
      )
    await tx.shortlistComment.create({
      data: {
        id: newId(),
        entryId,
        authorId: actorUserId,
        authorityId,
        body,
        createdAt: toDate(deps.clock.now()),
      },
      select: { id: true },
    })
    await record(deps, tx, actor, 'shortlist.commented', personId, entryId)
  })
}

/**
 * Takes back what the actor said themselves.
 * @throws SIGN_IN; NOT_FOUND for a comment of somebody else or of another list; FORBIDDEN without the scope
 */
export async function takeBackComment(
  deps: Needs,
  actor: Actor,
  { personId, commentId }: z.output<typeof takeBackSchema>,
): Promise<void> {
  requireShortlist(actor, personId)
  const { actorUserId } = traceOf(actor)
  if (!actorUserId) throw notFound()
  await deps.db.asActor(actor, async (tx) => {
    const own = { id: commentId, authorId: actorUserId, entry: { personId } }
    const said = await tx.shortlistComment.findFirst({ where: own, select: { entryId: true } })
    if (!said) throw notFound()
    await tx.shortlistComment.deleteMany({ where: { id: commentId, authorId: actorUserId } })
    await record(deps, tx, actor, 'shortlist.comment_taken_back', personId, said.entryId)
  })
}
