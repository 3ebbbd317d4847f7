import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Payee, payeesOf } from './payees.server.ts'
import { failureSentence } from './payment-words.rules.ts'
import { type TransferPress, pressesOf, transferWords } from './transfer-words.rules.ts'

export interface TransferPage {
  id: string
  person: { id: string; shortName: string; self: boolean }
  provider: { name: string; phone: string | null }
  reference: string
  pence: number
  begun: string
  words: { state: string; next: string }
  /** Why it did not arrive. */
  failed: string | null
  paid: boolean
  /** Where to send it; null when their details are missing or being checked just now. */
  payee: Payee | null
  lines: { id: string; what: string; pence: number }[]
  /** What whoever looks may say of it. */
  presses: readonly TransferPress[]
}

const MOST_LINES = 500

/**
 * One bank transfer: what to type into the bank, and where it stands.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without the scope `see_money`
 */
export async function transferPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  paymentId: string,
): Promise<TransferPage> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const payment = await prisma.payment.findFirst({
    where: { id: paymentId, payerKind: 'person', payerId: personId, method: 'bank_transfer' },
    include: {
      provider: { select: { id: true, name: true, phone: true } },
      lines: {
        take: MOST_LINES,
        orderBy: { payable: { onDay: 'asc' } },
        include: { payable: { select: { visitId: true, onDay: true } } },
      },
    },
  })
  if (!payment) throw notFound()
  const [person, payees, titles] = await Promise.all([
    prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    payeesOf(prisma, [payment.provider.id], deps.clock.now()),
    visitTitles(
      prisma,
      payment.lines.flatMap(({ payable }) => (payable.visitId ? [payable.visitId] : [])),
    ),
  ])
  return {
    id: payment.id,
    person: { id: personId, shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    provider: payment.provider,
    reference: payment.reference,
    pence: payment.pence,
    begun: longDate(londonDate(fromDate(payment.startedAt))),
    words: transferWords(payment.state),
    failed: failureSentence(payment.failure),
    paid: payment.state === 'confirmed',
    payee: payees.get(payment.provider.id) ?? null,
    lines: payment.lines.map(({ payableId, pence, payable }) => {
      const title = titles.get(payable.visitId ?? '')?.title ?? 'Support'
      return {
        id: payableId,
        what: `${pence < 0 ? 'Money back: ' : ''}${title}, ${longDate(plainDateOf(payable.onDay), { year: false })}`,
        pence,
      }
    }),
    presses: may(actor, personId, 'manage_money') ? pressesOf(payment.state) : [],
  }
}
