import { requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { may, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { STATE_WORDS, type SurplusState } from './surplus.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const PER_PAGE = 50

const include = {
  allocation: { select: { stream: { select: { name: true } }, ringFences: true } },
  council: { select: { name: true, phone: true } },
} as const

async function find(tx: Tx, caseId: string) {
  const one = isId(caseId) ? await tx.surplusCase.findUnique({ where: { id: caseId }, include }) : null
  if (!one) throw notFound()
  return one
}
type Case = Awaited<ReturnType<typeof find>>

const PURPOSES = {
  wages: 'wages',
  holiday: 'holiday',
  notice: 'notice',
  contingency: 'what cannot be foreseen',
}

async function viewOf(tx: Tx, one: Case) {
  const balances = (await readBalances(tx, [one.allocationId])).get(one.allocationId)
  const day = (date: Date | null): string | null => (date ? longDate(plainDateOf(date)) : null)
  return {
    id: one.id,
    fund: one.allocation.stream.name,
    council: one.council,
    state: one.state,
    stands: STATE_WORDS[one.state],
    available: one.availablePence,
    keep: one.keepPence,
    surplus: one.surplusPence,
    /** As it stands now, which may have changed since it was found. */
    leftNow: balances?.available ?? 0,
    setAside: balances?.held ?? 0,
    keptBack: one.allocation.ringFences
      .filter(({ pence }) => pence > 0)
      .map(({ purpose, pence }) => ({ purpose: PURPOSES[purpose], pence })),
    answerBy: day(one.answerBy),
    answer: one.answer,
    reclaim: one.reclaimPence,
    decision: one.decision,
    appealBy: day(one.appealBy),
    appeal: one.appeal,
  }
}

/**
 * One question about surplus, for the person. @throws NOT_FOUND for strangers; FORBIDDEN without see_money
 */
export async function surplusPage(deps: Needs, actor: Actor, caseId: string) {
  const { prisma } = deps.db
  const one = await find(prisma, caseId)
  requireScope(actor, one.personId, 'see_money')
  return {
    ...(await viewOf(prisma, one)),
    mayAct: may(actor, one.personId, 'manage_money'),
    canAppeal:
      one.state === 'decided' &&
      one.appealBy !== null &&
      londonDate(deps.clock.now()).until(plainDateOf(one.appealBy)).days >= 0,
  }
}

/** The same for finance of that council. @throws SIGN_IN; NOT_FOUND for everybody else */
export async function councilSurplusPage(deps: Needs, actor: Actor, caseId: string) {
  const { prisma } = deps.db
  const one = await find(prisma, caseId)
  const staff = requireStaffOf(actor, 'money.read', one.councilId)
  const person = await prisma.person.findUniqueOrThrow({
    where: { id: one.personId },
    select: { name: true },
  })
  const waits =
    one.state === 'told' && londonDate(deps.clock.now()).until(plainDateOf(one.answerBy)).days >= 0
  return {
    ...(await viewOf(prisma, one)),
    person: person.name,
    decides: !waits && (one.state === 'told' || one.state === 'answered'),
    endsAppeal: one.state === 'appealed' && staff.userId !== one.decidedById,
    /** The appeal is of one's own decision. */
    ownDecision: one.state === 'appealed' && staff.userId === one.decidedById,
  }
}

/** Open questions first. @throws SIGN_IN; NOT_FOUND for all but finance */
export async function surplusListPage(deps: Needs, actor: Actor, page: number) {
  const { councilIds } = requireStaff(actor, 'money.read')
  const open: SurplusState[] = ['answered', 'appealed', 'told', 'decided']
  const where = { councilId: { in: councilIds } }
  const [total, waiting] = await Promise.all([
    deps.db.prisma.surplusCase.count({ where }),
    deps.db.prisma.surplusCase.count({ where: { ...where, state: { in: open } } }),
  ])
  const pages = Math.max(1, Math.ceil(total / PER_PAGE))
  const at = Math.min(Math.max(1, page), pages)
  const cases = await deps.db.prisma.surplusCase.findMany({
    where,
    include,
    orderBy: [{ endedAt: { sort: 'asc', nulls: 'first' } }, { answerBy: 'asc' }, { id: 'asc' }],
    skip: (at - 1) * PER_PAGE,
    take: PER_PAGE,
  })
  const people = await deps.db.prisma.person.findMany({
    where: { id: { in: cases.map(({ personId }) => personId) } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  return {
    total,
    open: waiting,
    page: at,
    pages,
    cases: cases.map((one) => ({
      id: one.id,
      person: nameOf.get(one.personId) ?? '',
      fund: one.allocation.stream.name,
      surplus: one.surplusPence,
      stands: STATE_WORDS[one.state],
      answerBy: longDate(plainDateOf(one.answerBy), { year: false }),
    })),
  }
}
