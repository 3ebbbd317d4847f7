import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { may, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { fromDate, isoText, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export const tooSmallSchema = z.object({
  personId: z.uuid(),
  allocationId: z.uuid().nullable(),
  bookingId: z.uuid().nullable(),
  /** What could not be paid for, in pence, when that is known. */
  missingPence: z.number().int().positive().max(100_000_000).nullable(),
  words: z.string().trim().max(1_000, 'Use fewer than 1,000 characters'),
})

/**
 * Tells the council that a budget, or one fund of it, is too small: kept for its advisers, who are told. Said again while it
 * waits for an answer, it changes nothing.
 *
 * @returns whether it was said now
 * @throws NOT_FOUND, FORBIDDEN for a supporter who may neither ask for support nor see the money
 */
export async function tellBudgetTooSmall(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof tooSmallSchema>,
): Promise<boolean> {
  const said = tooSmallSchema.parse(input)
  requirePersonInView(actor, said.personId)
  if (!may(actor, said.personId, 'book')) requireScope(actor, said.personId, 'see_money')
  const now = deps.clock.now()
  const trace = traceOf(actor)
  return deps.db.tx(async (tx) => {
    const person = await tx.person.findUniqueOrThrow({
      where: { id: said.personId },
      select: { councilId: true },
    })
    const fund = said.allocationId
      ? await tx.allocation.findFirst({
          where: { id: said.allocationId, personId: said.personId },
          select: { adviserUserId: true, deployment: true },
        })
      : null
    if (said.allocationId && !fund) throw notFound()
    const theirs = said.bookingId
      ? await tx.booking.count({ where: { id: said.bookingId, personId: said.personId } })
      : 1
    if (theirs === 0) throw notFound()
    const id = newId()
    const made = await tx.$executeRaw`
      insert into budget_too_small (id, person_id, council_id, allocation_id, booking_id, missing_pence, words, said_by_id, authority_id, said_at)
      values (${id}::uuid, ${said.personId}::uuid, ${person.councilId}::uuid, ${said.allocationId}::uuid, ${said.bookingId}::uuid,
        ${said.missingPence}, ${said.words}, ${trace.actorUserId}::uuid, ${trace.authorityId}::uuid, ${isoText(now)}::timestamptz)
      on conflict do nothing`
    if (made === 0) return false
    await recordAudit(tx, now, actor, {
      action: 'budget.said_too_small',
      subjectType: 'person',
      subjectId: said.personId,
      forPersonId: said.personId,
      facts: { missing: said.missingPence, allocation: said.allocationId },
    })
    await tell(tx, now, [
      {
        to:
          fund?.deployment === 'adviser_held' && fund.adviserUserId
            ? { userId: fund.adviserUserId }
            : { councilId: person.councilId },
        kind: 'budget.too_small',
        title: 'Somebody says that their budget is too small',
        // No name and no sum in a mail: the page has them.
        body: 'Open the page to see whose it is, what is missing, and to answer.',
        path: '/council/people/too-small',
        subjectId: id,
      },
    ])
    return true
  })
}

export interface TooSmallPage {
  open: {
    id: string
    personId: string
    person: string
    fund: string | null
    missing: number | null
    words: string
    saidBy: string | null
    day: string
  }[]
  /** More wait than are shown. */
  more: number
}

const SHOWN = 25

/** What waits for an answer of the actor's councils, the oldest first. @throws SIGN_IN; NOT_FOUND for all but advisers */
export async function tooSmallPage(deps: Needs, actor: Actor): Promise<TooSmallPage> {
  const { councilIds } = requireStaff(actor, 'people.read')
  const where = { councilId: { in: councilIds }, answeredAt: null }
  const [count, rows] = await Promise.all([
    deps.db.prisma.budgetTooSmall.count({ where }),
    deps.db.prisma.budgetTooSmall.findMany({
      where,
      orderBy: [{ saidAt: 'asc' }, { id: 'asc' }],
      take: SHOWN,
      include: {
        person: { select: { id: true, name: true, userId: true } },
        allocation: { select: { stream: { select: { name: true } } } },
      },
    }),
  ])
  const users = await deps.db.prisma.user.findMany({
    where: { id: { in: rows.flatMap(({ saidById }) => (saidById ? [saidById] : [])) } },
    select: { id: true, name: true },
    take: SHOWN,
  })
  return {
    more: Math.max(0, count - rows.length),
    open: rows.map((row) => ({
      id: row.id,
      personId: row.person.id,
      person: row.person.name,
      fund: row.allocation?.stream.name ?? null,
      missing: row.missingPence,
      words: row.words,
      saidBy:
        row.saidById === row.person.userId
          ? null
          : (users.find(({ id }) => id === row.saidById)?.name ?? null),
      day: longDate(londonDate(fromDate(row.saidAt))),
    })),
  }
}

export const answerTooSmallSchema = z.object({
  id: z.uuid(),
  answer: z
    .string()
    .trim()
    .min(1, 'Write what the council will do')
    .max(2_000, 'Use fewer than 2,000 characters'),
})

/**
 * An adviser answers, and the person is told what was written.
 * @throws SIGN_IN; NOT_FOUND for all but advisers of the person's council; STALE_STATE when somebody answered meanwhile
 */
export async function answerTooSmall(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof answerTooSmallSchema>,
): Promise<void> {
  requireStaff(actor, 'people.read')
  const { id, answer } = answerTooSmallSchema.parse(input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const row = await tx.budgetTooSmall.findUnique({ where: { id } })
    if (!row) throw notFound()
    const { userId } = requireStaffOf(actor, 'people.read', row.councilId)
    const answered = await tx.budgetTooSmall.updateMany({
      where: { id, answeredAt: null },
      data: { answer, answeredAt: toDate(now), answeredById: userId },
    })
    if (answered.count !== 1) {
      if (row.answeredById === userId && row.answer === answer) return
      throw new DomainError('STALE_STATE', 'Somebody has answered this meanwhile. Nothing was changed.')
    }
    await recordAudit(tx, now, actor, {
      action: 'budget.too_small_answered',
      subjectType: 'person',
      subjectId: row.personId,
      forPersonId: row.personId,
    })
    await tell(tx, now, [
      {
        to: { personId: row.personId },
        kind: 'budget.too_small_answered',
        title: 'Your council answers about your budget',
        body: answer,
        path: '/my/money',
        subjectId: row.allocationId ?? row.personId,
      },
    ])
  })
}
