import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { Temporal, londonDate, longDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { draftInvoices } from './drafts.rules.ts'
import { numberWords } from './numbers.rules.ts'
import { BILLED_EVERY, type BilledEvery, type Period, lastClosed, periodOf } from './periods.rules.ts'
import { type BillableGroup, readBillables, readGroups } from './read-billable.server.ts'
import { readAddressees, readSeller } from './read-parties.server.ts'
import { supplierOf } from './vat.rules.ts'
import { type Issued, lockBilling, vatStatusOf, writeInvoices } from './write-invoices.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** Invoices in one transaction: it holds the counter's lock. */
const A_BATCH = 50
const MOST_PROVIDERS = 5_000

/**
 * Job: invoices for every period that has closed, of every provider who has said how they bill. What is agreed later goes
 * into the next one. Harmless when repeated; each batch is a transaction.
 * @returns how many were issued
 */
export async function issueInvoices(deps: Needs): Promise<number> {
  const today = londonDate(deps.clock.now())
  const closed = Object.fromEntries(BILLED_EVERY.map((every) => [every, lastClosed(every, today)])) as Record<
    BilledEvery,
    Period
  >
  const billing = await deps.db.prisma.billing.findMany({
    select: { providerId: true, every: true },
    orderBy: { providerId: 'asc' },
    take: MOST_PROVIDERS,
  })
  const periods = new Map(
    billing.map(({ providerId, every }) => [providerId, closed[every as BilledEvery]] as const),
  )
  const groups = await readGroups(
    deps.db.prisma,
    [...periods].map(([providerId, { until }]) => ({ providerId, until: until.toString() })),
    { closed: true },
  )
  let issued = 0
  for (const [providerId, period] of periods) {
    const mine = groups.filter((group) => group.providerId === providerId)
    for (let from = 0; from < mine.length; from += A_BATCH)
      issued += (await issueFor(deps, system('issue_invoices'), mine.slice(from, from + A_BATCH), period))
        .length
  }
  return issued
}

/**
 * "Make the invoice now": for one payer and person, or for all, up to and including today.
 * @throws NOT_FOUND, FORBIDDEN as the provider's policy; STALE_STATE when nothing is left to bill;
 *   REFUSED_BY_RULE when the provider has not said how they bill
 */
export async function issueNow(
  deps: Needs,
  actor: Actor,
  input: { providerId: string; only: Omit<BillableGroup, 'providerId'> | null },
): Promise<Issued[]> {
  requireMember(actor, input.providerId, 'see_money')
  const now = deps.clock.now()
  const today = londonDate(now)
  const billing = await deps.db.prisma.billing.findUnique({ where: { providerId: input.providerId } })
  if (!billing)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'Say first how you bill: your address, your numbers and whether you charge VAT. Then make the invoice.',
    )
  const { only } = input
  const groups = (
    await readGroups(deps.db.prisma, [{ providerId: input.providerId, until: today.toString() }], {
      closed: false,
    })
  ).filter(
    (group) =>
      !only ||
      (group.payerKind === only.payerKind &&
        group.payerId === only.payerId &&
        group.personId === only.personId),
  )
  const period = { from: periodOf(billing.every as BilledEvery, today).from, until: today }
  const issued: Issued[] = []
  for (let from = 0; from < groups.length; from += A_BATCH)
    issued.push(...(await issueFor(deps, actor, groups.slice(from, from + A_BATCH), period)))
  if (issued.length === 0)
    throw new DomainError('STALE_STATE', 'There is nothing left to bill: it stands in an invoice already.')
  return issued
}

async function issueFor(
  deps: Needs,
  actor: Actor,
  groups: readonly BillableGroup[],
  period: Period,
): Promise<Issued[]> {
  const [first] = groups
  if (!first) return []
  const now = deps.clock.now()
  return deps.db.tx((tx) => issueAll(tx, now, actor, first.providerId, groups, period))
}

async function issueAll(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  providerId: string,
  groups: readonly BillableGroup[],
  period: Period,
): Promise<Issued[]> {
  const billing = await lockBilling(tx, providerId)
  if (!billing) return []
  const issuedOn = londonDate(now)
  const seller = await readSeller(tx, providerId)
  const drafts = draftInvoices(await readBillables(tx, groups, period.until.toString()), {
    supplier: supplierOf(seller.provider),
    vat: vatStatusOf(billing),
    issuedOn,
  })
  const addresseeOf = await readAddressees(tx, drafts)
  const earliest = (day: string): Temporal.PlainDate => {
    const first = Temporal.PlainDate.from(day)
    return Temporal.PlainDate.compare(first, period.from) < 0 ? first : period.from
  }
  const issued = await writeInvoices(
    tx,
    now,
    providerId,
    billing,
    drafts.map((draft) => ({
      kind: 'invoice' as const,
      draft,
      addressee: addresseeOf(draft),
      seller,
      periodFrom: earliest(draft.firstDay),
      periodUntil: period.until,
      orderWords: draft.orders.join('; '),
      vatNumber: billing.vatStatus === 'registered' ? billing.vatNumber : null,
    })),
    issuedOn,
  )
  await tellPayers(tx, now, seller.name, issued, issuedOn.add({ days: billing.daysToPay }))
  if (issued.length > 0)
    await recordAudit(tx, now, actor, {
      action: 'invoices.issued',
      subjectType: 'provider',
      subjectId: providerId,
      forPersonId: null,
      facts: {
        count: issued.length,
        first: issued[0]?.number ?? 0,
        last: issued.at(-1)?.number ?? 0,
        pence: issued.reduce((sum, { gross }) => sum + gross, 0),
      },
    })
  return issued
}

/** People and fund holders; a council looks at its list, and is not mailed for each of hundreds. */
async function tellPayers(
  tx: Tx,
  now: Temporal.Instant,
  seller: string,
  issued: readonly Issued[],
  dueOn: Temporal.PlainDate,
): Promise<void> {
  await tell(
    tx,
    now,
    issued.flatMap((one) => {
      if (one.payerKind === 'council') return []
      const toPerson = one.payerKind === 'person'
      return [
        {
          to: toPerson ? { personId: one.personId } : { providerId: one.payerId },
          kind: 'payment.invoice',
          // Without the amount: it is mailed to everybody who is told of the person's things.
          title: `${toPerson ? 'An invoice' : 'An invoice to pay'} from ${seller}`,
          body: `Number ${numberWords(one)}. ${toPerson ? 'If your card pays by itself, you need do nothing.' : `It should be paid by ${longDate(dueOn)}.`}`,
          path: toPerson ? `/my/money/invoices/${one.id}` : `/provider/money/bills/${one.id}`,
          subjectId: one.id,
        },
      ]
    }),
  )
}
