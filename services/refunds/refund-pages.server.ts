/** Pages about refunds, for each who may ask, decide, or say that money has arrived. */
import { requireStaff } from '#services/accounts/staff.policy.ts'
import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { checkAmount } from './ask-refund.server.ts'
import { personPart, splitRefund } from './refund.rules.ts'
import { readRefundable } from './read-refundable.server.ts'
import { type RefundableVisit, readRefundableVisits } from './refund-view.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const signedIn = (actor: Actor): void => {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
}

/**
 * A settled visit as the person asks for money back for it.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter who may neither see money nor confirm hours
 */
export async function personRefundPage(deps: Needs, actor: Actor, visitId: string) {
  const personId = personInView(actor)
  const [visit] = isId(visitId) ? await readRefundableVisits(deps.db.prisma, [visitId], 'person') : []
  if (visit?.personId !== personId) throw notFound()
  if (!may(actor, personId, 'confirm_hours')) requireScope(actor, personId, 'see_money')
  const mayAsk = may(actor, personId, 'confirm_hours') || may(actor, personId, 'manage_money')
  return {
    visit,
    self: !(actor.kind === 'user' && actor.actingFor),
    mayAsk: mayAsk && visit.settled && visit.left > 0 && visit.open === null,
    maySayArrived: mayAsk,
  }
}

/** The same for the provider: decides on its own contracts, and offers the council to give money back on its. */
export async function providerRefundPage(deps: Needs, actor: Actor, visitId: string) {
  signedIn(actor)
  const [visit] = isId(visitId) ? await readRefundableVisits(deps.db.prisma, [visitId], 'provider') : []
  if (!visit) throw notFound()
  const role = requireMember(actor, visit.providerId, 'see_money')
  const mine = memberMay(role, 'manage_money')
  const open = visit.settled && visit.left > 0
  return {
    visit,
    mayDecide: mine && open && visit.decides === 'provider',
    mayOffer: mine && open && visit.decides === 'council' && visit.open === null,
    maySend: mine,
  }
}

/** The same for the council whose contract it is. @throws SIGN_IN; NOT_FOUND for all but its finance */
export async function councilRefundPage(deps: Needs, actor: Actor, visitId: string) {
  const { councilIds } = requireStaff(actor, 'money.read')
  const [visit] = isId(visitId) ? await readRefundableVisits(deps.db.prisma, [visitId], 'council') : []
  if (!visit || visit.councilId === null || !councilIds.includes(visit.councilId)) throw notFound()
  return { visit, mayDecide: visit.settled && visit.left > 0 }
}

/**
 * What a decision would do, before it is made: how much goes back to each fund, and the person's part.
 * @throws as the page of whoever decides; INVALID beside the field, STALE_STATE
 */
export async function previewRefund(
  deps: Needs,
  actor: Actor,
  { visitId, as, pence: wanted }: { visitId: string; as: 'provider' | 'council'; pence: number | null },
) {
  const page = as === 'council' ? councilRefundPage : providerRefundPage
  if (!(await page(deps, actor, visitId)).mayDecide) throw notFound()
  const { prisma } = deps.db
  const found = await readRefundable(prisma, visitId)
  const amount = checkAmount(wanted, found)
  const shares = splitRefund(amount, found.parts)
  const council = found.parts
    .filter(({ payerKind, social }) => payerKind === 'council' && social)
    .reduce((sum, { allocationId }) => sum + (shares.get(allocationId) ?? 0), 0)
  const [week] =
    council === 0
      ? []
      : await prisma.$queryRaw<{ costPence: number; assessedPence: number; chargedPence: number }[]>`
          select w.cost_pence as "costPence", w.assessed_pence as "assessedPence", w.charged_pence as "chargedPence"
          from visit v join person p on p.id = v.person_id
          join contribution_week w on w.person_id = v.person_id and w.council_id = p.council_id
            and w.week_starts_on = date_trunc('week', v.starts_at at time zone 'Europe/London')::date
          where v.id = ${visitId}::uuid`
  return {
    pence: amount as number,
    parts: found.parts.flatMap((part) => {
      const back = shares.get(part.allocationId)
      return back ? [{ fund: part.fund, pence: back }] : []
    }),
    personPence: personPart(week ?? null, pence(council)) as number,
    credits: found.parts.some((part) => part.invoiceId !== null && shares.has(part.allocationId)),
    /** Whether money has to come back, because it was paid. */
    paid: found.parts.some((part) => part.state === 'paid' && shares.has(part.allocationId)),
  }
}
const A_LIST = 50

export interface RefundsList {
  /** Visits for which somebody waits for an answer, oldest first. */
  asked: RefundableVisit[]
  /** Decided, newest first. */
  decided: RefundableVisit[]
}

async function listOf(deps: Needs, where: object, reader: 'provider' | 'council'): Promise<RefundsList> {
  const { prisma } = deps.db
  const find = (states: ('asked' | 'decided' | 'returned' | 'refused')[], order: 'asc' | 'desc') =>
    prisma.refund.findMany({
      where: { ...where, state: { in: states } },
      select: { visitId: true },
      orderBy: { askedAt: order },
      take: A_LIST,
    })
  const [asked, decided] = await Promise.all([
    find(['asked'], 'asc'),
    find(['decided', 'returned', 'refused'], 'desc'),
  ])
  const unique = (rows: { visitId: string }[]): string[] => [...new Set(rows.map(({ visitId }) => visitId))]
  const [first, then] = await Promise.all([
    readRefundableVisits(prisma, unique(asked), reader),
    readRefundableVisits(prisma, unique(decided), reader),
  ])
  return { asked: first, decided: then }
}

/** Refunds of a council's contracts. @throws SIGN_IN; NOT_FOUND for all but its finance */
export async function councilRefundsPage(deps: Needs, actor: Actor): Promise<RefundsList> {
  const { councilIds } = requireStaff(actor, 'money.read')
  return listOf(
    deps,
    { visit: { payables: { some: { payerKind: 'council', payerId: { in: councilIds }, refundId: null } } } },
    'council',
  )
}

/** A provider's refunds, and money that comes back to funds it holds. @throws SIGN_IN, NOT_FOUND, FORBIDDEN as the policy */
export async function providerRefundsPage(deps: Needs, actor: Actor, org: string | null) {
  const { providerId } = providerInView(actor, org)
  const role = requireMember(actor, providerId, 'see_money')
  const { prisma } = deps.db
  const [provider, list, coming] = await Promise.all([
    prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { name: true } }),
    listOf(deps, { providerId }, 'provider'),
    prisma.payable.findMany({
      where: { payerKind: 'fund_holder', payerId: providerId, refundId: { not: null }, state: 'sent' },
      select: {
        pence: true,
        refundId: true,
        person: { select: { name: true } },
        provider: { select: { name: true } },
      },
      orderBy: { id: 'asc' },
      take: A_LIST,
    }),
  ])
  return {
    provider: { id: providerId, name: provider.name },
    mayWork: memberMay(role, 'manage_money'),
    ...list,
    coming: coming.map((one) => ({
      refundId: one.refundId ?? '',
      pence: -one.pence,
      person: one.person.name,
      from: one.provider.name,
    })),
  }
}
