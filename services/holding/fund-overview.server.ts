import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { type Row, agreementProblem, agreementRows, momentDay } from './agreement-words.ts'
import { BREACH_REMEDIES, BREACH_TITLES } from './breach.rules.ts'
import { breachesOf } from './find-breaches.server.ts'
import { type HeldAccount } from './read-account.server.ts'
import { type ToBuy, readToBuy } from './read-to-buy.server.ts'
import { readOwed, type Owed, type Credit, whatIsOwed } from './read-owed.server.ts'
import { whoSaid } from './who-said.server.ts'

const MOST = 100
const MESSAGES = 20

export interface OverviewPayment {
  id: string
  provider: string
  pence: number
  reference: string
  sentOn: string
  /** What it is for. */
  what: string[]
}
export interface OverviewMessage {
  id: string
  by: string
  on: string
  words: string
  answer: string | null
  answeredOn: string | null
}
export interface OverviewBreach {
  id: string
  title: string
  words: string
  remedy: string
  foundOn: string
  closed: { on: string; why: string } | null
}

/** What the page of a held fund shows to everybody who may see it; who presses what is up to each page. */
export interface FundOverview {
  /** Pence. `inIt`: what the account holds now, with what is owed and not yet paid. */
  money: {
    inIt: number
    free: number
    setAside: number
    keptBack: number
    owed: number
    onTheWay: number
    spent: number
  }
  agreement: Row[] | null
  problem: string | null
  standing: { since: string; by: string; note: string } | null
  owed: Owed[]
  credits: Credit[]
  /** From somebody who is not listed. */
  toBuy: ToBuy[]
  onTheWay: OverviewPayment[]
  breaches: OverviewBreach[]
  messages: OverviewMessage[]
}

const day = (date: Date): string => longDate(londonDate(fromDate(date)))

/** Everything about one held fund, in about ten statements. Whoever asks must be allowed by a policy. */
export async function fundOverview(
  tx: Tx,
  account: HeldAccount,
  now: Temporal.Instant,
): Promise<FundOverview> {
  const { allocationId, agreement } = account
  const today = londonDate(now)
  const [balances, { owed, credits }, sums, toBuy, payments, messages, breaches] = await Promise.all([
    readBalances(tx, [allocationId]),
    readOwed(tx, account, today),
    tx.payable.groupBy({
      by: ['state'],
      where: { allocationId, payerKind: 'fund_holder', state: { not: 'paid' } },
      _sum: { pence: true },
    }),
    readToBuy(tx, account),
    readOnTheWay(tx, account),
    tx.fundMessage.findMany({
      where: { allocationId },
      orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
      take: MESSAGES,
    }),
    agreement ? breachesOf(tx, agreement.id) : Promise.resolve([]),
  ])
  const by = await whoSaid(
    tx,
    [
      ...messages.map((one) => ({ userId: one.askedById, authorityId: one.authorityId })),
      {
        userId: agreement?.standingById ?? null,
        authorityId: agreement?.standingAuthorityId ?? null,
      },
    ],
    { userId: account.personUserId, shortName: account.shortName },
  )
  const of = balances.get(allocationId)
  const sum = (...states: string[]): number =>
    sums.filter(({ state }) => states.includes(state)).reduce((all, one) => all + (one._sum.pence ?? 0), 0)
  const [free, setAside, keptBack] = [of?.available ?? 0, of?.held ?? 0, of?.ringFenced ?? 0]
  const due = sum('due', 'in_payment')
  return {
    money: {
      inIt: free + setAside + keptBack + due,
      free,
      setAside,
      keptBack,
      owed: due,
      onTheWay: sum('sent'),
      spent: of?.spent ?? 0,
    },
    agreement: agreement ? agreementRows(account, agreement) : null,
    problem: agreementProblem(account, today),
    standing: agreement?.standingSince
      ? {
          since: momentDay(agreement.standingSince),
          by: by({ userId: agreement.standingById, authorityId: agreement.standingAuthorityId }),
          note: agreement.standingNote,
        }
      : null,
    owed,
    credits,
    toBuy,
    onTheWay: payments,
    breaches: breaches.map((one) => ({
      id: one.id,
      title: BREACH_TITLES[one.kind],
      words: one.words,
      remedy: BREACH_REMEDIES[one.kind],
      foundOn: day(one.foundAt),
      closed: one.closedAt ? { on: day(one.closedAt), why: one.closedWhy } : null,
    })),
    messages: messages.map((one) => ({
      id: one.id,
      by: by({ userId: one.askedById, authorityId: one.authorityId }),
      on: day(one.askedAt),
      words: one.words,
      answer: one.answeredAt ? one.answer : null,
      answeredOn: one.answeredAt ? day(one.answeredAt) : null,
    })),
  }
}

/** Payments of this fund that have left and are not known to have arrived, the oldest first. */
async function readOnTheWay(tx: Tx, account: HeldAccount): Promise<OverviewPayment[]> {
  const payments = await tx.payment.findMany({
    where: {
      payerKind: 'fund_holder',
      payerId: account.holderId,
      state: 'sent',
      lines: { some: { payable: { allocationId: account.allocationId } } },
    },
    orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: {
      provider: { select: { name: true } },
      lines: { select: { payable: { select: { onDay: true, visitId: true, pence: true } } }, take: MOST },
    },
  })
  const titles = await visitTitles(
    tx,
    payments.flatMap(({ lines }) => lines.flatMap(({ payable }) => payable.visitId ?? [])),
  )
  return payments.map((payment) => ({
    id: payment.id,
    provider: payment.provider.name,
    pence: payment.pence,
    reference: payment.reference,
    sentOn: day(payment.sentAt ?? payment.startedAt),
    what: payment.lines
      .filter(({ payable }) => payable.pence > 0)
      .map(({ payable }) => whatIsOwed(payable, payable.visitId ? titles.get(payable.visitId) : undefined)),
  }))
}
