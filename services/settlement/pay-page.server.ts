import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { payeesOf } from './payees.server.ts'
import { failureSentence } from './payment-words.rules.ts'
import { readToPay } from './to-pay.server.ts'
import { transferWords } from './transfer-words.rules.ts'

/** What somebody owes one provider, and how they can pay it. */
export interface OwedToProvider {
  provider: { id: string; name: string; kind: string; phone: string | null }
  /** Below zero: what comes back, and is set against the rest. Pence. */
  lines: { id: string; what: string; fund: string; pence: number; failed: string | null }[]
  total: number
  /** Whether their bank details are known and may be used. */
  bank: boolean
}

export interface PayPage {
  person: { id: string; shortName: string; self: boolean }
  owed: OwedToProvider[]
  /** Payments that are begun, or on their way. */
  open: { id: string; to: string; pence: number; state: string; next: string }[]
  /** What waits to be paid with a prepaid card, on the page of that card. */
  onCard: { count: number; pence: number }
  /** Whether whoever looks may also pay. */
  mayPay: boolean
}

const MOST_OPEN = 50

/**
 * What a person pays by hand: what is due to each provider from funds that they pay from themselves, and what was tried and
 * did not arrive.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without the scope `see_money`
 */
export async function payPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): Promise<PayPage> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const [person, due, open, onCard] = await Promise.all([
    prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    readToPay(prisma, personId),
    prisma.payment.findMany({
      where: {
        payerKind: 'person',
        payerId: personId,
        method: 'bank_transfer',
        state: { in: ['started', 'needs_you', 'sent'] },
      },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: MOST_OPEN,
      include: { provider: { select: { name: true } } },
    }),
    prisma.payment.aggregate({
      where: {
        payerKind: 'person',
        payerId: personId,
        method: 'prepaid_card',
        state: 'started',
        attempts: 0,
        pence: { gt: 0 },
      },
      _count: true,
      _sum: { pence: true },
    }),
  ])
  const providerIds = [...new Set(due.map(({ providerId }) => providerId))]
  const [titles, payees, providers] = await Promise.all([
    visitTitles(
      prisma,
      due.flatMap(({ visitId }) => (visitId ? [visitId] : [])),
    ),
    payeesOf(prisma, providerIds, deps.clock.now()),
    prisma.provider.findMany({
      where: { id: { in: providerIds } },
      orderBy: { name: 'asc' },
      take: providerIds.length,
      select: { id: true, name: true, kind: true, phone: true },
    }),
  ])
  return {
    person: { id: personId, shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    mayPay: may(actor, personId, 'manage_money'),
    onCard: { count: onCard._count, pence: onCard._sum.pence ?? 0 },
    owed: providers.map((provider) => {
      const lines = due
        .filter(({ providerId }) => providerId === provider.id)
        .map((one) => {
          const title = titles.get(one.visitId ?? '')?.title ?? 'Support'
          const day = longDate(plainDateOf(one.onDay), { year: false })
          return {
            id: one.id,
            what: one.pence < 0 ? `Money back: ${title}, ${day}` : `${title}, ${day}`,
            fund: one.fund,
            pence: one.pence,
            failed: failureSentence(one.failure),
          }
        })
      return {
        provider,
        lines,
        total: lines.reduce((sum, one) => sum + one.pence, 0),
        bank: payees.has(provider.id),
      }
    }),
    open: open.map((payment) => ({
      id: payment.id,
      to: payment.provider.name,
      pence: payment.pence,
      ...transferWords(payment.state),
    })),
  }
}
