/** A person's Direct Debit to their council: set up on the payment service's page, and ended. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { may, personInView, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { accountOf } from './pay-contribution.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
const HERE = '/my/money/towards/pay'

/**
 * What the person in view can pay the council with, besides a transfer.
 * @throws SIGN_IN; FORBIDDEN without see_money
 */
export async function waysToPay(deps: Pick<Deps, 'db' | 'payments'>, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const { councilId } = await prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { councilId: true },
  })
  const [account, debit, open] = await Promise.all([
    prisma.connectedAccount.findUnique({ where: { councilId }, select: { chargesEnabled: true } }),
    prisma.directDebitMandate.findFirst({ where: { personId, councilId, state: 'active' } }),
    prisma.contributionPayment.findFirst({
      where: { personId, councilId, method: 'card', state: 'needs_you', externalUrl: { not: null } },
      orderBy: { startedAt: 'desc' },
      select: { pence: true, externalUrl: true },
    }),
  ])
  return {
    label: deps.payments.label,
    acts: may(actor, personId, 'manage_money'),
    takes: account?.chargesEnabled ?? false,
    open: open?.externalUrl ? { pence: open.pence, url: open.externalUrl } : null,
    debit: debit ? { last4: debit.last4 } : null,
  }
}

/**
 * Leads the person in view to the page on which they set a Direct Debit up. Their account's number is typed there only.
 * @returns where they go on
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN without manage_money; STALE_STATE when there is one; REFUSED_BY_RULE; UNAVAILABLE
 */
export async function setUpDebit(deps: Needs, actor: Actor, personId: string): Promise<string> {
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const { prisma } = deps.db
  const { councilId } = await prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { councilId: true },
  })
  const account = await accountOf(deps, councilId)
  const known = await prisma.directDebitMandate.findFirst({
    where: { personId, councilId },
    orderBy: { id: 'desc' },
    select: { customerId: true, state: true },
  })
  if (known?.state === 'active')
    throw new DomainError('STALE_STATE', 'A Direct Debit is set up already. Nothing was changed.')
  const id = newId()
  const page = await deps.payments.setUpDirectDebit({
    key: `debit:${id}`,
    account,
    setup: id,
    customer: known?.customerId ?? null,
    doneUrl: `${deps.settings.origin}${HERE}?debit=${id}`,
    backUrl: `${deps.settings.origin}${HERE}`,
  })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await tx.directDebitMandate.create({
      data: {
        id,
        personId,
        councilId,
        customerId: page.customer,
        // The page's, until there is a mandate.
        externalId: page.reference,
        state: 'asked',
        createdAt: toDate(now),
      },
    })
    await recordAudit(tx, now, actor, {
      action: 'direct_debit.asked',
      subjectType: 'direct_debit_mandate',
      subjectId: id,
      forPersonId: personId,
    })
  })
  return page.url
}

/**
 * The person comes back from that page: the service is asked, so that a lost event does not matter.
 * @returns whether the Direct Debit is set up
 * @throws SIGN_IN; NOT_FOUND for those of others; FORBIDDEN without manage_money
 */
export async function debitCameBack(deps: Needs, actor: Actor, debitId: string): Promise<boolean> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'manage_money')
  const one = isId(debitId)
    ? await deps.db.prisma.directDebitMandate.findFirst({ where: { id: debitId, personId } })
    : null
  if (!one) throw notFound()
  if (one.state !== 'asked' || !one.externalId) return one.state === 'active'
  const account = await openedBy(deps, one.councilId)
  const { saved } = (await deps.payments.findSetup({ account, reference: one.externalId })) ?? {}
  if (!saved?.mandate) return false
  const { mandate, last4 } = saved
  await deps.db.tx((tx) => keepDebit(tx, deps.clock.now(), one.id, mandate, last4))
  return true
}

/** From now on it is known by its mandate. Twice is once. */
export async function keepDebit(
  tx: Tx,
  now: Temporal.Instant,
  debitId: string,
  mandate: string,
  last4: string | null,
): Promise<'done' | 'nothing to do' | 'unknown object'> {
  const one = await tx.directDebitMandate.findUnique({ where: { id: debitId } })
  if (!one) return 'unknown object'
  const moved = await tx.directDebitMandate.updateMany({
    where: { id: debitId, state: 'asked' },
    data: { externalId: mandate, state: 'active', ...(last4 ? { last4 } : {}) },
  })
  if (moved.count === 0) return 'nothing to do'
  await recordAudit(tx, now, system('keep_debit'), {
    action: 'direct_debit.set_up',
    subjectType: 'direct_debit_mandate',
    subjectId: debitId,
    forPersonId: one.personId,
  })
  return 'done'
}

/**
 * Ends it, here and at the payment service; a collection that was only announced is called off. What the bank has already
 * goes on.
 * @throws SIGN_IN, NOT_FOUND without one; FORBIDDEN without manage_money; UNAVAILABLE
 */
export async function endDebit(deps: Needs, actor: Actor, personId: string): Promise<void> {
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const one = await deps.db.prisma.directDebitMandate.findFirst({ where: { personId, state: 'active' } })
  if (!one?.externalId) throw notFound()
  const account = await openedBy(deps, one.councilId)
  const mandate = await deps.payments.readMandate({ account, mandate: one.externalId })
  if (mandate && mandate.status !== 'ended')
    await deps.payments.forget({ account, method: mandate.method, key: `forget:${one.id}` })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { count } = await tx.directDebitMandate.updateMany({
      where: { id: one.id, state: 'active' },
      data: { state: 'ended', endedAt: toDate(now) },
    })
    if (count === 0) return
    await tx.contributionPayment.updateMany({
      where: { personId, councilId: one.councilId, method: 'direct_debit', state: 'started' },
      data: { state: 'cancelled', endedAt: toDate(now) },
    })
    await recordAudit(tx, now, actor, {
      action: 'direct_debit.ended',
      subjectType: 'direct_debit_mandate',
      subjectId: one.id,
      forPersonId: personId,
    })
  })
}

/** The account on which it is, also while that takes no payments: ending must always work. */
async function openedBy(deps: Pick<Deps, 'db'>, councilId: string): Promise<string> {
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: { councilId } })
  if (!account) throw notFound()
  return account.externalId
}
