import { z } from 'zod'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import type { SandboxPlan } from '#services/ports/payments-sandbox.ts'
import { declineWords } from '#services/ports/payment-words.ts'
import { DECLINE_REASONS } from '#services/ports/payments.ts'
import type { Deps } from '#services/ports/deps.ts'

type Needs = Pick<Deps, 'db' | 'payments' | 'settings'>

/** @throws NOT_FOUND where money moves, or no demo is on */
function sandboxOf({ payments, settings }: Needs): NonNullable<Deps['payments']['sandbox']> {
  if (!settings.demo || !payments.sandbox) throw notFound()
  return payments.sandbox
}
const bringEvents = (deps: Needs): Promise<void> =>
  deps.db.tx((tx) => addJob(tx, 'deliver_sandbox_events', {}, { key: 'sandbox events' }))

/**
 * A page that a payment service would host; null for a provider's own pages there, which are the control panel here.
 * @throws NOT_FOUND when it is not open
 */
export async function sandboxHostedPage(deps: Needs, _actor: Actor, reference: string) {
  const page = await sandboxOf(deps).page(reference)
  if (!page && (await deps.payments.readAccount(reference))) return null
  if (!page) throw notFound()
  return { kind: page.kind, words: page.words, amount: page.amount }
}

/** The person does what the page asks, or goes back. @returns where they land */
export async function leaveHostedPage(
  deps: Needs,
  _actor: Actor,
  input: { reference: string; done: boolean },
): Promise<string> {
  const sandbox = sandboxOf(deps)
  const landing =
    (await sandbox.leavePage(input.reference, input.done)) ?? (await sandbox.page(input.reference))?.backUrl
  if (!landing) throw notFound()
  await bringEvents(deps)
  // Only to this site: the address was ours when the page was opened.
  const { pathname, search } = new URL(landing)
  return `${pathname}${search}`
}

/** What the control panel shows: what the next payments will do, and what can be moved. */
export async function sandboxPanel(deps: Needs, _actor: Actor) {
  const sandbox = sandboxOf(deps)
  const [planned, payments, accounts, disputes, payouts] = await Promise.all([
    sandbox.planned(),
    deps.db.prisma.payment.findMany({
      where: { externalId: { not: null }, method: 'card', state: { in: ['sent', 'confirmed'] } },
      orderBy: { startedAt: 'desc' },
      take: 10,
      include: { provider: { select: { name: true } } },
    }),
    deps.db.prisma.connectedAccount.findMany({
      where: { providerId: { not: null } },
      orderBy: { createdAt: 'desc' },
      take: 20,
      include: { provider: { select: { name: true } } },
    }),
    deps.db.prisma.paymentDispute.findMany({
      where: { state: 'open' },
      orderBy: { openedAt: 'desc' },
      take: 10,
    }),
    deps.db.prisma.payout.count(),
  ])
  return {
    planned: planned.map(planWords),
    reasons: DECLINE_REASONS.map((reason) => ({ reason, words: declineWords[reason].what })),
    payments: payments.map((one) => ({
      reference: one.externalId ?? '',
      provider: one.provider.name,
      pence: pence(one.pence),
      state: one.state,
    })),
    accounts: accounts.map((one) => ({ account: one.externalId, provider: one.provider?.name ?? '' })),
    disputes: disputes.map((one) => ({ dispute: one.externalId, pence: pence(one.pence) })),
    payouts,
  }
}

function planWords(plan: SandboxPlan): string {
  switch (plan.kind) {
    case 'decline':
      return `refused: ${declineWords[plan.reason].what}`
    case 'needs_you':
      return 'the bank asks the person first'
    case 'wait':
      return 'sent, and waits until it is settled here'
    case 'outage':
      return 'no answer, and nothing moves'
    case 'lost_answer':
      return 'no answer, though it was paid'
  }
}

const press = z.discriminatedUnion('press', [
  z.object({
    press: z.literal('plan'),
    plan: z.enum(['decline', 'needs_you', 'wait', 'outage', 'lost_answer'], {
      error: 'Choose what the next payment does',
    }),
    reason: z.enum(DECLINE_REASONS, { error: 'Choose why it is refused' }).default('not_enough_money'),
  }),
  z.object({ press: z.literal('settle'), reference: z.string(), how: z.enum(['confirmed', 'declined']) }),
  z.object({ press: z.literal('dispute'), reference: z.string() }),
  z.object({ press: z.literal('close'), dispute: z.string(), how: z.enum(['won', 'lost']) }),
  z.object({ press: z.literal('pay_out'), account: z.string(), how: z.enum(['paid', 'failed']) }),
  z.object({ press: z.literal('pause'), account: z.string() }),
])

/** Does one press of the control panel. @returns what happened, in words @throws NOT_FOUND; ZodError */
export async function pressSandbox(
  deps: Needs,
  _actor: Actor,
  input: Record<string, string>,
): Promise<string> {
  const sandbox = sandboxOf(deps)
  const wanted = press.parse(input)
  const said = await (async (): Promise<string> => {
    switch (wanted.press) {
      case 'plan':
        await sandbox.plan(
          wanted.plan === 'decline' ? { kind: 'decline', reason: wanted.reason } : { kind: wanted.plan },
        )
        return 'The next payment does that.'
      case 'settle':
        return (await sandbox.settle(
          wanted.reference,
          wanted.how === 'confirmed' ? 'confirmed' : { declined: 'not_enough_money' },
        ))
          ? 'It is settled.'
          : 'There was nothing to settle.'
      case 'dispute':
        return (await sandbox.dispute(wanted.reference, 'not_recognised'))
          ? 'The payer’s bank asks for it back.'
          : 'That payment cannot be questioned.'
      case 'close':
        return (await sandbox.closeDispute(wanted.dispute, wanted.how === 'won'))
          ? 'The bank has decided.'
          : 'It was decided already.'
      case 'pay_out': {
        const out = await sandbox.payOut(wanted.account)
        if (!out) return 'Nothing lies on that account.'
        await sandbox.settlePayout(
          wanted.account,
          out.payout,
          wanted.how === 'paid' ? 'paid' : { failed: 'account_closed' },
        )
        return wanted.how === 'paid' ? 'It was paid out.' : 'The payout failed.'
      }
      case 'pause':
        await sandbox.setAccount(wanted.account, 'paused')
        return 'The account is paused.'
    }
  })()
  await bringEvents(deps)
  return said
}
