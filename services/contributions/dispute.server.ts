import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { personWrittenOff } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { personForFinance } from './assess.server.ts'
import { lockPeople } from './charge-weeks.server.ts'
import { weekWords } from './contribution-words.ts'
import { answerDisputeSchema, disputeSchema, letGoSchema } from './contributions.schema.ts'
import { assessmentOn } from './read-assessments.server.ts'
import { readStanding, unpaidPartOf } from './read-standing.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const refuse = (field: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })

/**
 * The person, or a supporter who sees the money and may write for them, says that a week's charge, or all of it, is wrong, or
 * asks for a review. Nothing of that part is collected until finance has answered. Said twice it is one question.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when the session acts for somebody else by now; INVALID when nothing is
 *   to be paid
 */
export async function raiseDispute(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof disputeSchema>,
): Promise<void> {
  const { personId, week, reason } = disputeSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'see_money')
  requireScope(actor, personId, 'message')
  const now = deps.clock.now()
  const today = londonDate(now)
  await deps.db.tx(async (tx) => {
    await lockPeople(tx, [personId])
    const { councilId, shortName } = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: { councilId: true, shortName: true },
    })
    const weekStartsOn = week ? dateColumn(Temporal.PlainDate.from(week)) : null
    const open = await tx.contributionDispute.findFirst({
      where: { personId, councilId, kind: 'dispute', state: 'open', weekStartsOn },
      select: { id: true },
    })
    if (open) return
    const amount = await amountInQuestion(tx, personId, councilId, week, today)
    const id = newId()
    const trace = traceOf(actor)
    await tx.contributionDispute.create({
      data: {
        id,
        personId,
        councilId,
        kind: 'dispute',
        state: 'open',
        pence: amount,
        weekStartsOn,
        reason,
        raisedById: trace.actorUserId,
        raisedAt: toDate(now),
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'contribution.questioned',
      subjectType: 'contribution_dispute',
      subjectId: id,
      forPersonId: personId,
      facts: { pence: amount, week },
    })
    await tell(tx, now, [
      {
        to: { councilId },
        kind: 'contribution.questioned',
        title: `${shortName} says that what they pay is wrong`,
        body: `${week ? weekWords(week) : 'All of it, or the assessment'}: ${pounds(amount)}. It is not collected until you have answered.`,
        path: `/council/money/contributions/${personId}`,
        subjectId: id,
      },
    ])
  })
}

/** A week's charge; else all that is owed; else what is paid each week. */
async function amountInQuestion(
  tx: Tx,
  personId: string,
  councilId: string,
  week: string | null,
  today: Temporal.PlainDate,
): Promise<Pence> {
  const standing = await readStanding(tx, personId, councilId, today)
  if (week !== null) {
    const charged = standing.owed.weeks.find(({ monday }) => monday === week)?.chargedPence ?? 0
    if (charged === 0) throw notFound()
    return pence(charged)
  }
  if (standing.owed.total > 0) return standing.owed.total
  const holds = await assessmentOn(tx, personId, today)
  if (!holds) throw new DomainError('INVALID', 'There is nothing that you pay towards it at the moment.')
  return pence(holds.weeklyPence)
}

/**
 * Finance answers, with a reason: it stands; what is unpaid of it is let go; or the person is assessed anew (a decision of
 * its own). A second answer is refused.
 * @throws SIGN_IN, NOT_FOUND for all but finance of that council; SECOND_STEP; ZodError and INVALID beside fields; STALE_STATE
 */
export async function answerDispute(
  deps: Needs,
  actor: Actor,
  disputeId: string,
  input: z.input<typeof answerDisputeSchema>,
): Promise<{ personId: string; outcome: 'stands' | 'let_go' | 'anew' }> {
  const { actor: staff, councilIds } = requireStaff(actor, 'money.work')
  const found = await deps.db.prisma.contributionDispute.findFirst({
    where: { id: disputeId, kind: 'dispute', councilId: { in: councilIds } },
  })
  if (!found) throw notFound()
  requireFreshSecondStep(actor)
  const { outcome, decision } = answerDisputeSchema.parse(input)
  const { personId, councilId } = found
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await lockPeople(tx, [personId])
    const moved = await tx.contributionDispute.updateMany({
      where: { id: disputeId, state: 'open' },
      data: {
        state: outcome === 'stands' ? 'refused' : 'agreed',
        decision,
        decidedById: staff.userId,
        decidedAt: toDate(now),
      },
    })
    if (moved.count !== 1)
      throw new DomainError('STALE_STATE', 'This has been answered already. Open the page again.')
    let released = pence(0)
    if (outcome === 'let_go') {
      const standing = await readStanding(tx, personId, councilId, londonDate(now))
      released = unpaidPartOf(standing.owed, found)
      if (released <= 0)
        throw refuse('outcome', 'Nothing of it is unpaid, so nothing can be let go. Assess anew instead')
      await writeOff(tx, now, actor, staff.userId, {
        id: newId(),
        personId,
        councilId,
        pence: released,
        reason: decision,
        weekStartsOn: found.weekStartsOn,
      })
    }
    await recordAudit(tx, now, actor, {
      action: 'contribution.answered',
      subjectType: 'contribution_dispute',
      subjectId: disputeId,
      forPersonId: personId,
      facts: { outcome, released },
    })
    const about = found.weekStartsOn ? ` about ${weekWords(plainDateOf(found.weekStartsOn).toString())}` : ''
    await tell(tx, now, [
      {
        to: { personId },
        kind: 'budget.contribution_answered',
        title: `The council has answered your question${about}`,
        body: `${ANSWERS[outcome](pounds(released))} They say: “${decision}”`,
        path: '/my/money/towards',
        subjectId: disputeId,
      },
    ])
  })
  return { personId, outcome }
}

const ANSWERS: Record<'stands' | 'let_go' | 'anew', (released: string) => string> = {
  stands: () => 'They looked at it again, and it stands.',
  let_go: (released) => `You need not pay ${released} of it.`,
  anew: () => 'They assess anew what you pay.',
}

interface WriteOff {
  id: string
  personId: string
  councilId: string
  pence: Pence
  reason: string
  weekStartsOn: Date | null
}

async function writeOff(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  staffId: string,
  { id, personId, councilId, pence: amount, reason, weekStartsOn }: WriteOff,
): Promise<void> {
  await tx.contributionDispute.create({
    data: {
      id,
      personId,
      councilId,
      kind: 'write_off',
      state: 'agreed',
      pence: amount,
      weekStartsOn,
      reason,
      raisedById: staffId,
      raisedAt: toDate(now),
      decidedById: staffId,
      decidedAt: toDate(now),
      decision: reason,
    },
    select: { id: true },
  })
  await postJournals(tx, now, actor, [personWrittenOff(`writeoff:${id}`, personId, councilId, amount)])
}

/**
 * Finance lets go of a part of what somebody owes, with the reason. The fund that paid for the care does not move: it is
 * the council's income that becomes less. Sent twice it is done once.
 * @throws as answerDispute; INVALID when it is more than is owed
 */
export async function letGo(
  deps: Needs,
  actor: Actor,
  personId: string,
  input: z.input<typeof letGoSchema>,
): Promise<void> {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  requireFreshSecondStep(actor)
  const { writeOffId, amount, reason } = letGoSchema.parse(input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await lockPeople(tx, [personId])
    const known = await tx.contributionDispute.findUnique({ where: { id: writeOffId } })
    if (known?.personId === personId) return
    const { owed } = await readStanding(tx, personId, person.councilId, londonDate(now))
    if (amount > owed.total) throw refuse('amount', `Only ${pounds(owed.total)} is owed. Enter that or less`)
    await writeOff(tx, now, actor, person.staff.userId, {
      id: writeOffId,
      personId,
      councilId: person.councilId,
      pence: amount,
      reason,
      weekStartsOn: null,
    })
    await recordAudit(tx, now, actor, {
      action: 'contribution.let_go',
      subjectType: 'contribution_dispute',
      subjectId: writeOffId,
      forPersonId: personId,
      facts: { pence: amount },
    })
    await tell(tx, now, [
      {
        to: { personId },
        kind: 'budget.contribution_let_go',
        title: `You need not pay ${pounds(amount)}`,
        body: `The council lets it go. They say: “${reason}”`,
        path: '/my/money/towards',
        subjectId: writeOffId,
      },
    ])
  })
}
