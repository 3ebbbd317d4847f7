import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { PaymentState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile, csvMoney, csvNumber } from '#services/kernel/csv.ts'
import { notFound } from '#services/kernel/errors.ts'
import { clockTime, duration, fromDate, inLondon, londonDate, longDate } from '#services/kernel/time.ts'
import { numberWords } from '#services/invoicing/numbers.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { failureSentence } from '#services/settlement/payment-words.rules.ts'
import { initials } from './initials.rules.ts'

/** What a council has sent, or tried to. */
const SENT: PaymentState[] = ['sent', 'confirmed', 'failed', 'returned']
const WORDS: Partial<Record<PaymentState, string>> = {
  sent: 'On its way',
  confirmed: 'Paid',
  failed: 'Did not arrive',
  returned: 'Came back',
}
const PER_PAGE = 50

/**
 * What councils have sent a provider, newest first.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers
 */
export async function remittancesPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  input: { org: string | null; page: string | null },
  most = PER_PAGE,
) {
  const { providerId } = providerInView(actor, input.org)
  requireMember(actor, providerId, 'see_money')
  const where = { providerId, payerKind: 'council' as const, state: { in: SENT } }
  const all = await deps.db.prisma.payment.aggregate({ where, _sum: { pence: true }, _count: true })
  const pages = Math.max(1, Math.ceil(all._count / most))
  const page = Math.min(pages, Math.max(1, Number(input.page) || 1))
  const payments = await deps.db.prisma.payment.findMany({
    where,
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * most,
    take: most,
    select: {
      id: true,
      reference: true,
      pence: true,
      state: true,
      sentAt: true,
      payerId: true,
      personId: true,
      _count: { select: { lines: true } },
    },
  })
  const [provider, councils, people] = await Promise.all([
    deps.db.prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { name: true } }),
    deps.db.prisma.council.findMany({
      where: { id: { in: [...new Set(payments.map(({ payerId }) => payerId))] } },
      select: { id: true, name: true },
    }),
    deps.db.prisma.person.findMany({
      where: { id: { in: payments.flatMap(({ personId }) => personId ?? []) } },
      select: { id: true, name: true },
      take: most,
    }),
  ])
  const sums = await deps.db.prisma.payment.groupBy({ by: ['state'], where, _sum: { pence: true } })
  const sum = (state: PaymentState): number => sums.find((one) => one.state === state)?._sum.pence ?? 0
  return {
    org: providerId,
    provider: provider.name,
    count: all._count,
    paid: sum('confirmed'),
    onItsWay: sum('sent'),
    page,
    pages,
    payments: payments.map((payment) => ({
      id: payment.id,
      reference: payment.reference,
      pence: payment.pence,
      state: payment.state,
      stateWords: WORDS[payment.state] ?? payment.state,
      council: councils.find(({ id }) => id === payment.payerId)?.name ?? '',
      person: initials(people.find(({ id }) => id === payment.personId)?.name ?? ''),
      visits: payment._count.lines,
      day: payment.sentAt ? londonDate(fromDate(payment.sentAt)).toString() : '',
      sentOn: payment.sentAt ? longDate(londonDate(fromDate(payment.sentAt))) : '',
    })),
  }
}

const MOST_IN_FILE = 5_000
export async function remittancesCsv(deps: Pick<Deps, 'db'>, actor: Actor, org: string | null) {
  const { payments } = await remittancesPage(deps, actor, { org, page: '1' }, MOST_IN_FILE)
  return {
    filename: 'remittances.csv',
    csv: csvFile(
      ['Sent on', 'From', 'Reference', 'Person', 'State', 'Amount (£)'],
      payments.map((one) => [
        one.day,
        one.council,
        one.reference,
        one.person,
        one.stateWords,
        csvMoney(one.pence),
      ]),
    ),
  }
}

const visit = z.object({
  visitId: z.string().nullable(),
  startsAt: z.date().nullable(),
  onDay: z.string(),
  minutes: z.number().nullable(),
  outcome: z.string().nullable(),
  person: z.string(),
  pence: z.number(),
  givenBack: z.boolean(),
  title: z.string().nullable(),
  prefix: z.string().nullable(),
  number: z.number().nullable(),
})

const readVisits = async (tx: Tx, paymentId: string) =>
  z.array(visit).parse(
    await tx.$queryRaw`
      select b.visit_id::text as "visitId", v.starts_at as "startsAt", b.on_day::text as "onDay",
        coalesce(v.actual_minutes, v.minutes) as minutes, v.outcome::text, n.name as person, x.pence, x.pence < 0 as "givenBack",
        s.title, i.prefix, i.number
      from payment_line x join payable b on b.id = x.payable_id join person n on n.id = b.person_id
      left join visit v on v.id = b.visit_id
      left join booking k on k.id = b.booking_id left join service_version s on s.id = k.service_version_id
      left join invoice i on i.id = b.invoice_id
      where x.payment_id = ${paymentId}::uuid order by v.starts_at nulls last, b.id limit 2000`,
  )

/**
 * One payment of a council to a provider, with the visits that it pays for.
 * @throws SIGN_IN; NOT_FOUND for strangers and for what has not been sent; FORBIDDEN for workers
 */
export async function remittancePage(deps: Pick<Deps, 'db'>, actor: Actor, paymentId: string) {
  const payment = await deps.db.prisma.payment.findFirst({
    where: { id: paymentId, payerKind: 'council', state: { in: SENT } },
    include: { provider: { select: { name: true } }, runLine: true },
  })
  if (actor.kind !== 'anonymous' && !payment) throw notFound()
  const { providerId } = providerInView(actor, payment?.providerId ?? null)
  requireMember(actor, providerId, 'see_money')
  if (!payment) throw notFound()
  const [visits, council] = await Promise.all([
    readVisits(deps.db.prisma, payment.id),
    deps.db.prisma.council.findUnique({
      where: { id: payment.payerId },
      select: { name: true, phone: true },
    }),
  ])
  return {
    id: payment.id,
    org: providerId,
    provider: payment.provider.name,
    council: { name: council?.name ?? '', phone: council?.phone ?? '' },
    reference: payment.reference,
    pence: payment.pence,
    state: payment.state,
    stateWords: WORDS[payment.state] ?? payment.state,
    why: failureSentence(payment.failure),
    order: payment.runLine
      ? {
          supplier: payment.runLine.supplierNumber,
          number: payment.runLine.orderNumber,
          case: payment.runLine.caseReference,
        }
      : null,
    sentOn: payment.sentAt ? longDate(londonDate(fromDate(payment.sentAt))) : null,
    arrivedOn:
      payment.state === 'confirmed' && payment.endedAt
        ? longDate(londonDate(fromDate(payment.endedAt)))
        : null,
    visits: visits.map((one, index) => {
      const start = one.startsAt ? inLondon(fromDate(one.startsAt)) : null
      return {
        key: `${one.visitId ?? 'other'}-${String(index)}`,
        visitId: one.visitId,
        day: one.onDay,
        dayWords: start ? longDate(start.toPlainDate(), { year: false }) : one.onDay,
        time: start ? clockTime(start.toPlainTime()) : '',
        clock: start ? start.toPlainTime().toString().slice(0, 5) : '',
        minutes: one.minutes,
        length: lengthWords(one),
        person: initials(one.person),
        title: one.title ?? '',
        invoice:
          one.prefix === null || one.number === null
            ? null
            : numberWords({ prefix: one.prefix, number: one.number }),
        pence: one.pence,
        givenBack: one.givenBack,
      }
    }),
  }
}

function lengthWords(one: z.infer<typeof visit>): string {
  if (one.givenBack) return 'Given back'
  if (one.outcome === 'late_cancellation') return 'Cancelled late'
  if (one.outcome === 'no_answer') return 'No answer at the door'
  return one.minutes === null ? '' : duration(one.minutes)
}

export async function remittanceCsv(deps: Pick<Deps, 'db'>, actor: Actor, paymentId: string) {
  const page = await remittancePage(deps, actor, paymentId)
  return {
    filename: `remittance-${page.reference.replace(' ', '-')}.csv`,
    csv: csvFile(
      ['Date', 'Time', 'Minutes', 'Person', 'Support', 'What happened', 'Invoice', 'Amount (£)'],
      page.visits.map((one) => [
        one.day,
        one.clock,
        one.minutes === null ? '' : csvNumber(one.minutes),
        one.person,
        one.title,
        one.length,
        one.invoice ?? '',
        csvMoney(one.pence),
      ]),
    ),
  }
}
