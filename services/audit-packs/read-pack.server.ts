/** Everything about one fund, from grant to spend: read once, shown as a page, a paper and files. The caller asks who may. */
import type { Tx } from '#services/db/client.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, fromDate, inLondon, plainDateOf } from '#services/kernel/time.ts'
import { purchasesOfFunds } from '#services/purchases/purchases-of-funds.server.ts'
import { purposeWords } from './opening.rules.ts'
import {
  HELD,
  type PackPeriod,
  type PackTable,
  addsUp,
  bareDay,
  missingReceipts,
  missingWords,
  periodWords,
  sumsWords,
} from './pack.rules.ts'
import { cardsTable, invoicesTable, purchasesTable, wagesTable } from './pack-papers.rules.ts'
import { type Decision, decisionsTable, grantTable, linesTable, paymentsTable } from './pack-tables.rules.ts'
import { type Fund, readAssessed, readInstalments, readMoney } from './read-fund.server.ts'
import {
  readCardMovements,
  readInvoices,
  readPayments,
  readVisitPapers,
  readWages,
} from './read-papers.server.ts'

const MOST_OPENINGS = 50
const CADENCE = {
  once: 'once',
  weekly: 'every week',
  four_weekly: 'every four weeks',
  monthly: 'every month',
}

export interface Opening {
  id: string
  by: string
  /** 'Tuesday 3 March 2027, 2pm' */
  at: string
  purpose: string
  words: string
}

export interface Pack {
  allocationId: string
  person: { name: string; shortName: string }
  fund: string
  council: string
  facts: { term: string; value: string }[]
  period: { words: string; from: string; until: string }
  sums: Awaited<ReturnType<typeof readMoney>>['sums']
  sentence: string
  /** Said when the figures agree; a pack that does not add up says so. */
  addsUp: boolean
  tables: PackTable[]
  missing: { words: string; rows: ReturnType<typeof missingReceipts> }
  openings: Opening[]
}

/** A pack over a time. Bounded: what did not fit is counted, and its money is in the sums. */
export async function readPack(
  tx: Tx,
  fund: Fund,
  period: PackPeriod,
  today: Temporal.PlainDate,
): Promise<Pack> {
  const [money, instalments, assessed, payments, invoices, bought, cards, wages, openings] =
    await Promise.all([
      readMoney(tx, fund, period),
      readInstalments(tx, fund, period),
      readAssessed(tx, fund, period),
      readPayments(tx, fund, period),
      readInvoices(tx, fund, period, today),
      purchasesOfFunds(tx, fund.ids, period),
      readCardMovements(tx, fund, period),
      readWages(tx, fund, period),
      readOpenings(tx, fund.id),
    ])
  const visits = await readVisitPapers(
    tx,
    fund,
    money.lines.flatMap(({ visitId }) => visitId ?? []),
  )
  const names = await namesOf(tx, [
    ...bought.purchases.map(({ agreedById }) => agreedById),
    ...openings.map(({ openedById }) => openedById),
    fund.adviserUserId,
  ])
  const papersOfPurchase = new Map(bought.purchases.map(({ id, papers }) => [id, papers]))
  const missing = missingReceipts(
    bought.purchases.map((one) => ({
      ...one,
      what: `${one.what}, ${one.seller}`,
      paid: one.state === 'paid',
      day: bareDay(one.day),
      papers: one.papers.length,
    })),
  )
  const tables: PackTable[] = [
    grantTable(instalments, fund.stream.funder),
    decisionsTable(decisionsOf(fund, assessed, period)),
    linesTable(
      money.lines,
      (line) => {
        const visit = line.visitId ? visits.get(line.visitId) : undefined
        const receipts = line.purchaseId ? (papersOfPurchase.get(line.purchaseId) ?? []) : []
        return {
          payment: visit?.payment ?? null,
          documents: [
            ...(visit?.invoice
              ? [{ kind: 'invoice' as const, id: visit.invoice.id, label: `Invoice ${visit.invoice.number}` }]
              : []),
            ...receipts.map(({ id, name }) => ({ kind: 'receipt' as const, id, label: name })),
          ],
        }
      },
      money.sums,
      money.linesLeftOut,
    ),
    paymentsTable(payments.payments, payments.leftOut),
    invoicesTable(
      invoices.invoices.map(({ view, ofFund }) => ({
        id: view.id,
        number: view.number,
        title: view.title,
        from: view.seller.name,
        to: view.addressee.name,
        issuedOn: plainDateOf(new Date(`${view.issuedIso}T00:00:00Z`)),
        period: view.period,
        gross: view.gross,
        ofFund,
        stands: view.stands.words,
      })),
      invoices.leftOut,
    ),
    purchasesTable(
      bought.purchases.map((one) => ({ ...one, agreedBy: names.get(one.agreedById ?? '') ?? null })),
      bought.leftOut,
    ),
    ...(cards.length > 0 ? [cardsTable(cards)] : []),
    ...(wages.length > 0 ? [wagesTable(wages)] : []),
  ]
  return {
    allocationId: fund.id,
    person: { name: fund.person.name, shortName: fund.person.shortName },
    fund: fund.stream.name,
    council: fund.person.council.name,
    facts: factsOf(fund, money.now, names.get(fund.adviserUserId ?? '') ?? null),
    period: {
      words: periodWords(period),
      from: period.from.toString(),
      until: period.until.toString(),
    },
    sums: money.sums,
    sentence: sumsWords(money.sums),
    addsUp: addsUp(money.sums),
    tables,
    missing: { words: missingWords(fund.receiptRule, missing), rows: missing },
    openings: openings.map((one) => ({
      id: one.id,
      by: names.get(one.openedById) ?? 'Somebody who has left',
      at: momentWords(one.openedAt),
      purpose: purposeWords(one.purpose),
      words: one.words,
    })),
  }
}

function momentWords(at: Date): string {
  const wall = inLondon(fromDate(at))
  return `${bareDay(wall.toPlainDate())}, ${wall.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

const readOpenings = (tx: Tx, allocationId: string) =>
  tx.auditOpening.findMany({
    where: { allocationId },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: MOST_OPENINGS,
  })

async function namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))]
  if (wanted.length === 0) return new Map()
  const users = await tx.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  return new Map(users.map(({ id, name }) => [id, name]))
}

function factsOf(
  fund: Fund,
  now: Awaited<ReturnType<typeof readMoney>>['now'],
  adviser: string | null,
): { term: string; value: string }[] {
  const who = fund.holder?.name ?? adviser
  return [
    { term: 'For', value: fund.person.name },
    { term: 'Money from', value: `${fund.stream.funder}, ${fund.stream.name}` },
    { term: 'How it is held', value: `${HELD[fund.deployment] ?? fund.deployment}${who ? `: ${who}` : ''}` },
    { term: 'From and until', value: `${bareDay(fund.startsOn)} to ${bareDay(fund.endsOn)}` },
    {
      term: 'Agreed',
      value:
        fund.cadence === 'once'
          ? pounds(Number(fund.agreedPence))
          : `${pounds(Number(fund.agreedPence))}, in parts of ${pounds(fund.instalmentPence)} ${CADENCE[fund.cadence]}`,
    },
    { term: 'Arrived up to today', value: pounds(now.received) },
    { term: 'Spent up to today', value: pounds(now.spent) },
    {
      term: 'In it today',
      value: `${pounds(now.left)} to use, ${pounds(now.setAside)} set aside, ${pounds(now.kept)} kept back`,
    },
    { term: 'What it can buy', value: fund.stream.canBuy },
    { term: 'Receipts', value: fund.receiptRule },
  ]
}

const METHOD = {
  net_pay_in: 'paid into the same account',
  gross_invoice: 'billed by the council',
}

/** Decisions of these days, and the ones that held when they began. */
function decisionsOf(
  fund: Fund,
  assessed: Awaited<ReturnType<typeof readAssessed>>,
  { from, until }: PackPeriod,
): Decision[] {
  const within = (day: Temporal.PlainDate): boolean =>
    day.until(until).days >= 0 && (from.until(day).days >= 0 || day.equals(fund.startsOn))
  const first: Decision = {
    key: 'first',
    on: fund.startsOn,
    what: HELD[fund.deployment] ?? fund.deployment,
    why: fund.chosenBecause,
    by: [
      fund.explainedBy ? `Explained by ${fund.explainedBy}` : '',
      fund.chosen ? 'chosen' : 'set up this way',
    ]
      .filter(Boolean)
      .join('; '),
  }
  const choices = fund.choices.map((one): Decision => ({
    key: one.id,
    on: plainDateOf(one.startsOn),
    what: HELD[one.deployment] ?? one.deployment,
    why: one.reason,
    by: `Explained by ${one.explainedBy}; ${one.chosen ? 'chosen' : 'set up this way'}`,
  }))
  const approvals = fund.planLines
    .filter(({ approvedAt }) => approvedAt !== null)
    .map((one): Decision => ({
      key: one.id,
      on: plainDateOf(one.startsOn),
      what: `Plan line approved: ${one.category.name}, ${pounds(one.weeklyPence)} a week`,
      why: orderWords(one),
      by: fund.person.council.name,
    }))
  const orders = fund.orders.map((one): Decision => ({
    key: one.id,
    on: plainDateOf(one.startsOn),
    what: `Ordered from ${one.provider.name} until ${bareDay(plainDateOf(one.endsOn))}`,
    why: orderWords({ orderNumber: one.number, costCode: one.costCode, caseReference: one.caseReference }),
    by: fund.person.council.name,
  }))
  const agreement = fund.agreement
    ? [
        {
          key: 'agreement',
          on: plainDateOf(fund.agreement.startsOn),
          what: `Agreement with ${fund.holder?.name ?? 'whoever holds it'}: ${fund.agreement.feeWeeklyPence > 0 ? `${pounds(fund.agreement.feeWeeklyPence)} a week for managing it` : 'no fee'}`,
          why: fund.agreement.terms,
          by: fund.agreement.agreedWords,
        },
      ]
    : []
  const charges = assessed.map((one): Decision => ({
    key: one.id,
    on: one.startsOn,
    what: `The person pays ${pounds(one.weekly)} a week towards it, ${METHOD[one.method]}${one.endsOn ? `, until ${bareDay(one.endsOn)}` : ''}`,
    why: one.reason,
    by: `Decided on ${bareDay(one.decidedOn)}`,
  }))
  return [
    ...[first, ...choices, ...approvals, ...orders, ...agreement].filter(({ on }) => within(on)),
    ...charges,
  ]
}

const orderWords = (one: {
  orderNumber: string | null
  costCode: string | null
  caseReference: string | null
}): string =>
  [
    one.orderNumber ? `Order ${one.orderNumber}` : '',
    one.costCode ? `cost code ${one.costCode}` : '',
    one.caseReference ? `case ${one.caseReference}` : '',
  ]
    .filter(Boolean)
    .join(', ')
