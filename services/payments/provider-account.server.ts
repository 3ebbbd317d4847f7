import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { AccountStatus, Missing, PayoutFailure } from '#services/ports/payment-accounts.ts'
import type { DisputeReason } from '#services/ports/payment-events.ts'
import {
  accountWords,
  disputeWords,
  missingWords,
  payoutFailureWords,
} from '#services/ports/payment-words.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { NEW, askHowItStands, openAccount } from './open-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
const PAGE = '/provider/money/card-payments'

/**
 * How card payments stand for a provider: the account, what is missing, payouts and what payers' banks ask.
 * @param back they come from the payment service's pages: it is asked how the account stands
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers
 */
export async function cardPaymentsPage(
  deps: Needs,
  actor: Actor,
  input: { org: string | null; back: boolean },
) {
  const { providerId, role } = providerInView(actor, input.org)
  requireMember(actor, providerId, 'see_money')
  if (input.back) await askHowItStands(deps, { providerId })
  const [account, provider, disputes] = await Promise.all([
    deps.db.prisma.connectedAccount.findUnique({
      where: { providerId },
      include: { payouts: { orderBy: [{ arrivesOn: 'desc' }, { id: 'desc' }], take: 50 } },
    }),
    deps.db.prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { name: true } }),
    deps.db.prisma.paymentDispute.findMany({
      where: { payment: { providerId } },
      include: { payment: { select: { reference: true } } },
      orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      take: 50,
    }),
  ])
  const status = (account?.status ?? NEW) as AccountStatus
  return {
    label: deps.payments.label,
    provider: { id: providerId, name: provider.name },
    mayPress: memberMay(role, 'manage_money'),
    status,
    words: accountWords[status],
    paysOut: account?.payoutsEnabled ?? false,
    missing: (account?.missing ?? []).map((code) => missingWords[code as Missing]),
    dueBy: account?.dueBy ? longDate(londonDate(fromDate(account.dueBy))) : null,
    hasDashboard: account !== null && ['ready', 'paused', 'checking'].includes(status),
    payouts: (account?.payouts ?? []).map((payout) => ({
      id: payout.id,
      pence: pence(payout.pence),
      day: longDate(plainDateOf(payout.arrivesOn)),
      state: payout.state,
      failure: payout.failure ? payoutFailureWords[payout.failure as PayoutFailure] : null,
    })),
    disputes: disputes.map((one) => ({
      id: one.id,
      payment: one.payment.reference,
      pence: pence(one.pence),
      state: one.state,
      words: disputeWords[one.reason as DisputeReason],
      answerBy: one.answerBy ? longDate(londonDate(fromDate(one.answerBy))) : null,
    })),
  }
}

/**
 * An owner sets card payments up, or gives what is missing: opens the account once, then leads to the hosted pages.
 * @returns where they go on
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for all but owners; UNAVAILABLE
 */
export async function setUpCardPayments(deps: Needs, actor: Actor, providerId: string): Promise<string> {
  requireMember(actor, providerId, 'manage_money')
  const { kind } = await deps.db.prisma.provider.findUniqueOrThrow({ where: { id: providerId } })
  const account = await openAccount(
    deps,
    actor,
    { providerId },
    { kind: kind === 'charity' ? 'charity' : kind === 'personal_assistant' ? 'sole_trader' : 'organisation' },
  )
  const page = `${deps.settings.origin}${PAGE}?org=${providerId}&back=yes`
  const { url } = await deps.payments.onboardingLink({ account, doneUrl: page, againUrl: page })
  return url
}

/** The owner's own pages at the payment service. @throws as setUpCardPayments; NOT_FOUND before there are any */
export async function cardDashboard(deps: Needs, actor: Actor, providerId: string): Promise<string> {
  requireMember(actor, providerId, 'manage_money')
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: { providerId } })
  const page = account && (await deps.payments.dashboardLink({ account: account.externalId }))
  if (!page) throw notFound()
  return page.url
}
