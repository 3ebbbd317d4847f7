import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { markPurchasePaid } from './pay-purchase.server.ts'
import { mostOver } from './purchase.rules.ts'
import { paidSchema, refusePaymentSchema } from './purchase.schema.ts'

const MOST = 200

const SELECT = {
  id: true,
  holderId: true,
  state: true,
  pence: true,
  askedAt: true,
  answer: true,
  purchase: {
    select: {
      id: true,
      what: true,
      seller: true,
      pence: true,
      paidPence: true,
      state: true,
      person: { select: { id: true, shortName: true, name: true } },
      allocation: { select: { stream: { select: { name: true } } } },
    },
  },
} as const

export type HolderPurchasesPage = Awaited<ReturnType<typeof holderPurchasesPage>>

/**
 * What a provider that holds people's funds was asked to buy from somebody who is not listed; what waits is first.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for members who may not pay from held funds
 */
export async function holderPurchasesPage(deps: Pick<Deps, 'db'>, actor: Actor, wanted: string | null) {
  const { providerId } = providerInView(actor, wanted)
  requireMember(actor, providerId, 'hold_money')
  const rows = await deps.db.prisma.paymentInstruction.findMany({
    where: { holderId: providerId, purchaseId: { not: null }, state: { not: 'withdrawn' } },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    select: SELECT,
  })
  const lines = rows.flatMap(({ purchase, ...row }) =>
    purchase
      ? [
          {
            id: purchase.id,
            what: purchase.what,
            seller: purchase.seller,
            person: purchase.person.name,
            fund: purchase.allocation.stream.name,
            pence: purchase.paidPence ?? purchase.pence,
            on: longDate(londonDate(fromDate(row.askedAt))),
            state: row.state,
          },
        ]
      : [],
  )
  return {
    waiting: lines.filter(({ state }) => state === 'asked'),
    over: lines.filter(({ state }) => state !== 'asked'),
  }
}

/** The newest instruction about a purchase, for whoever belongs to its holder. @throws SIGN_IN, NOT_FOUND, FORBIDDEN */
async function readInstruction(tx: Tx, actor: Actor, purchaseId: string) {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const found = isId(purchaseId)
    ? await tx.paymentInstruction.findFirst({
        where: { purchaseId },
        orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
        select: SELECT,
      })
    : null
  if (!found?.purchase) throw notFound()
  requireMember(actor, found.holderId, 'hold_money')
  return { ...found, purchase: found.purchase }
}

/** One of them, to be paid or not. @throws SIGN_IN; NOT_FOUND for those who do not hold its fund; FORBIDDEN for workers */
export async function holderPurchasePage(deps: Pick<Deps, 'db'>, actor: Actor, purchaseId: string) {
  const { purchase, ...row } = await readInstruction(deps.db.prisma, actor, purchaseId)
  return {
    id: purchase.id,
    what: purchase.what,
    seller: purchase.seller,
    person: purchase.person.name,
    fund: purchase.allocation.stream.name,
    pence: purchase.pence,
    paidPence: purchase.paidPence,
    askedOn: longDate(londonDate(fromDate(row.askedAt))),
    state: row.state,
    answer: row.answer,
    mostOver: pounds(mostOver(pence(purchase.pence))),
    open: row.state === 'asked' && purchase.state === 'ordered',
  }
}

async function answered(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  id: string,
  data: { state: 'done' | 'refused'; answer: string },
): Promise<void> {
  const { count } = await tx.paymentInstruction.updateMany({
    where: { id, state: 'asked' },
    data: { ...data, answeredAt: toDate(now), answeredById: traceOf(actor).actorUserId },
  })
  if (count !== 1)
    throw new DomainError(
      'STALE_STATE',
      'This was paid, answered or taken back meanwhile. Nothing was changed now. Look again.',
    )
}

/**
 * The holder has paid it from the person's fund: it is paid, and the person is told.
 * @throws SIGN_IN; NOT_FOUND; FORBIDDEN; INVALID beside fields; REFUSED_BY_RULE when it cost much more; STALE_STATE
 */
export async function payAsHolder(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { purchaseId: string },
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { id, purchase } = await readInstruction(tx, actor, input.purchaseId)
    const { person } = purchase
    const given = parseInput(paidSchema, { ...input, personId: person.id })
    await answered(tx, now, actor, id, { state: 'done', answer: '' })
    await markPurchasePaid(tx, now, actor, {
      purchaseId: purchase.id,
      pence: given.price,
      paidOn: given.paidOn,
    })
    await tell(tx, now, [
      {
        to: { personId: person.id },
        kind: 'purchase.paid',
        title: `Paid: ${purchase.what}`,
        body: `${pounds(given.price)} to ${purchase.seller}, from ${purchase.allocation.stream.name}.`,
        path: `/my/money/purchases/${purchase.id}`,
        subjectId: purchase.id,
      },
    ])
  })
}

/**
 * The holder does not pay it, and says why. Its money stays set aside until the person gives it up.
 * @throws as `payAsHolder`
 */
export async function refuseAsHolder(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { purchaseId: string },
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { id, purchase } = await readInstruction(tx, actor, input.purchaseId)
    const { answer } = parseInput(refusePaymentSchema, input)
    await answered(tx, now, actor, id, { state: 'refused', answer })
    await recordAudit(tx, now, actor, {
      action: 'purchase.not_paid',
      subjectType: 'purchase',
      subjectId: purchase.id,
      forPersonId: purchase.person.id,
    })
    await tell(tx, now, [
      {
        to: { personId: purchase.person.id },
        kind: 'purchase.not_paid',
        title: `Not paid: ${purchase.what}`,
        body: 'Whoever holds the fund did not pay it. Read why, and what you can do.',
        path: `/my/money/purchases/${purchase.id}`,
        subjectId: purchase.id,
      },
    ])
  })
}
