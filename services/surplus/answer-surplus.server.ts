import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds, smaller } from '#services/kernel/money.ts'
import {
  dateColumn,
  londonDate,
  longDate,
  plainDateOf,
  toDate,
  type Temporal,
} from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { allocationAdjusted, noted } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { answerSchema, appealSchema, decisionSchema } from './surplus.schema.ts'
import type { SurplusState } from './surplus.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

async function read(tx: Tx, caseId: string) {
  const one = isId(caseId)
    ? await tx.surplusCase.findUnique({
        where: { id: caseId },
        include: { allocation: { select: { stream: { select: { name: true } } } } },
      })
    : null
  if (!one) throw notFound()
  return one
}

/** @throws STALE_STATE when the case is no longer where this press is possible */
async function move(
  tx: Tx,
  caseId: string,
  from: readonly SurplusState[],
  data: Parameters<Tx['surplusCase']['updateMany']>[0]['data'],
): Promise<void> {
  const moved = await tx.surplusCase.updateMany({ where: { id: caseId, state: { in: [...from] } }, data })
  if (moved.count !== 1)
    throw new DomainError(
      'STALE_STATE',
      'This has gone on since you opened the page. Look at how it stands now.',
    )
}

/**
 * The person says what the money is for.
 * @throws NOT_FOUND for strangers; FORBIDDEN without manage_money; ZodError; STALE_STATE once it is decided
 */
export async function answerSurplus(deps: Needs, actor: Actor, caseId: string, input: { answer: string }) {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const one = await read(tx, caseId)
    requireScope(actor, one.personId, 'manage_money')
    const { answer } = answerSchema.parse(input)
    await move(tx, one.id, ['told', 'answered'], { state: 'answered', answer, answeredAt: toDate(now) })
    await tell(tx, now, [
      {
        to: { councilId: one.councilId },
        kind: 'surplus.answered',
        title: 'A surplus was answered',
        body: 'Somebody said what the money in their fund is for.',
        path: `/council/money/surplus/${one.id}`,
        subjectId: one.id,
      },
    ])
    await audit(tx, now, actor, 'surplus.answered', one)
  })
}

/**
 * The council decides how much goes back, if any, and why. Nought closes the case. Only once it was answered, or the
 * time to answer is over.
 * @throws NOT_FOUND for all but finance of that council; ZodError, INVALID beside a field; STALE_STATE
 */
export async function decideSurplus(
  deps: Needs,
  actor: Actor,
  caseId: string,
  input: { reclaim: string; decision: string },
) {
  const now = deps.clock.now()
  const today = londonDate(now)
  await deps.db.tx(async (tx) => {
    const one = await read(tx, caseId)
    const staff = requireStaffOf(actor, 'money.work', one.councilId)
    const { reclaim, decision } = decisionSchema.parse(input)
    if (reclaim > one.surplusPence)
      throw beside('reclaim', `Enter at most ${pounds(one.surplusPence)}: the rest is not surplus`)
    if (one.state === 'told' && today.until(plainDateOf(one.answerBy)).days >= 0)
      throw beside('decision', `Wait for the answer until ${longDate(plainDateOf(one.answerBy))}`)
    const days = await tx.councilMoney.findUnique({ where: { councilId: one.councilId } })
    const appealBy = today.add({ days: days?.appealDays ?? 28 })
    const closed = reclaim === 0
    await move(tx, one.id, ['told', 'answered'], {
      state: closed ? 'closed' : 'decided',
      reclaimPence: reclaim,
      decision,
      decidedById: staff.userId,
      decidedAt: toDate(now),
      appealBy: closed ? null : dateColumn(appealBy),
      ...(closed ? { endedAt: toDate(now), endedById: staff.userId } : {}),
    })
    await tellPerson(
      tx,
      now,
      one,
      closed ? 'nothing is taken' : `the council wants ${pounds(reclaim)} back`,
      closed
        ? decision
        : `${decision} If you do not agree, say so by ${longDate(appealBy)}. Nothing moves before that.`,
    )
    await audit(tx, now, staff, 'surplus.decided', one, { pence: reclaim })
  })
}

/**
 * The person does not agree. Somebody else than who decided looks at it.
 * @throws as answerSurplus; STALE_STATE once the day is over
 */
export async function appealSurplus(deps: Needs, actor: Actor, caseId: string, input: { appeal: string }) {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const one = await read(tx, caseId)
    requireScope(actor, one.personId, 'manage_money')
    const { appeal } = appealSchema.parse(input)
    if (one.appealBy && londonDate(now).until(plainDateOf(one.appealBy)).days < 0)
      throw new DomainError(
        'STALE_STATE',
        'The time to appeal is over. Ring the council: they can still listen.',
      )
    await move(tx, one.id, ['decided'], { state: 'appealed', appeal, appealedAt: toDate(now) })
    await tell(tx, now, [
      {
        to: { councilId: one.councilId },
        kind: 'surplus.appealed',
        title: 'A decision on surplus was appealed',
        body: 'Somebody else than who decided it looks at it.',
        path: `/council/money/surplus/${one.id}`,
        subjectId: one.id,
      },
    ])
    await audit(tx, now, actor, 'surplus.appealed', one)
  })
}

/**
 * Somebody else of finance ends an appeal: how much goes back in the end, if any. It moves at once.
 * @throws as decideSurplus; FORBIDDEN for whoever decided
 */
export async function endAppeal(
  deps: Needs,
  actor: Actor,
  caseId: string,
  input: { reclaim: string; decision: string },
) {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const one = await read(tx, caseId)
    const staff = requireStaffOf(actor, 'money.work', one.councilId)
    if (staff.userId === one.decidedById)
      throw new DomainError('FORBIDDEN', 'You decided this. Somebody else looks at the appeal.')
    const { reclaim, decision } = decisionSchema.parse(input)
    if (reclaim > (one.reclaimPence ?? 0))
      throw beside('reclaim', `Enter at most ${pounds(one.reclaimPence ?? 0)}: an appeal cannot make it more`)
    await move(tx, one.id, ['appealed'], {
      reclaimPence: reclaim,
      decision,
      endedById: staff.userId,
      endedAt: toDate(now),
      state: reclaim === 0 ? 'closed' : 'reclaimed',
    })
    const taken =
      reclaim === 0 ? pence(0) : await reclaimNow(tx, now, staff, one.id, one.allocationId, reclaim)
    await tellPerson(tx, now, one, taken === 0 ? 'nothing is taken' : `${pounds(taken)} went back`, decision)
    await audit(tx, now, staff, 'surplus.appeal_ended', one, { pence: taken })
  })
}

/** Never more than is left that day: what was spent meanwhile was spent. */
async function reclaimNow(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  caseId: string,
  allocationId: string,
  wanted: Pence,
): Promise<Pence> {
  const left = (await readBalances(tx, [allocationId])).get(allocationId)?.available ?? pence(0)
  const amount = smaller(wanted, left)
  await postJournals(tx, now, actor, [
    noted(
      allocationAdjusted(`surplus:${caseId}`, allocationId, amount, 'surplus_reclaimed'),
      'as agreed with you',
    ),
  ])
  return amount
}

const AT_ONCE = 200

/** Job: decided cases whose time to appeal is over without one. @returns how many went back */
export async function reclaimSurplus(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.surplusCase.findMany({
    where: { state: 'decided', appealBy: { lt: dateColumn(londonDate(now)) } },
    include: { allocation: { select: { stream: { select: { name: true } } } } },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
  })
  for (const one of due)
    await deps.db.tx(async (tx) => {
      const moved = await tx.surplusCase.updateMany({
        where: { id: one.id, state: 'decided' },
        data: { state: 'reclaimed', endedAt: toDate(now) },
      })
      if (moved.count !== 1) return
      const taken = await reclaimNow(
        tx,
        now,
        system('reclaim_surplus'),
        one.id,
        one.allocationId,
        pence(one.reclaimPence ?? 0),
      )
      await tellPerson(tx, now, one, `${pounds(taken)} went back`, one.decision)
    })
  return due.length
}

type Case = Awaited<ReturnType<typeof read>>

const beside = (field: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })

const tellPerson = (tx: Tx, now: Temporal.Instant, one: Case, what: string, body: string) =>
  tell(tx, now, [
    {
      to: { personId: one.personId },
      kind: 'budget.surplus',
      title: `${one.allocation.stream.name}: ${what}`,
      body,
      path: `/my/money/surplus/${one.id}`,
      subjectId: one.id,
    },
  ])

const audit = (
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  action: string,
  one: Case,
  facts: Record<string, number> = {},
) =>
  recordAudit(tx, now, actor, {
    action,
    subjectType: 'surplus_case',
    subjectId: one.id,
    forPersonId: one.personId,
    facts,
  })
