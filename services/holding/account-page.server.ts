import { type FundStatement, readFundStatement, readPeriod } from '#services/budgets/fund-statement.server.ts'
import { assessmentOn } from '#services/contributions/read-assessments.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { dayWords } from './caseload.rules.ts'
import { feesOf, takenTooMuch } from './fees.server.ts'
import { fundOverview } from './fund-overview.server.ts'
import { requireHolder } from './holding.policy.ts'
import { isWord } from './paying.rules.ts'
import { noWordSentence } from './pay-for-person.server.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'
import { type Owed, byProvider } from './read-owed.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** What the heads of all pages of a held fund say. */
export function headOf(account: HeldAccount) {
  return {
    allocationId: account.allocationId,
    person: { id: account.personId, name: account.personName, shortName: account.shortName },
    holder: { name: account.holderName, phone: account.holderPhone },
    council: account.councilName,
    fund: account.streamName,
    funder: account.funder,
    managed: account.deployment === 'direct_payment_managed_account',
    until: dayWords(account.endsOn) ?? '',
  }
}

/** One thing that is owed, as a line of a page. */
export interface OwedLine {
  payableId: string
  instructionId: string | null
  visitId: string | null
  provider: string
  own: boolean
  what: string
  pence: number
  /** 'Jamie told you on Monday 2 November 2026.' */
  why: string
  note: string
  /** It was paid and did not arrive. */
  again: boolean
}

function holderLine(one: Owed, account: HeldAccount): OwedLine {
  const { told, word } = one
  const { shortName } = account
  const said = told ? `${told.by} told you on ${longDate(londonDate(told.at))}.` : ''
  return {
    payableId: one.payableId,
    instructionId: told?.instructionId ?? null,
    visitId: one.visitId,
    provider: one.provider,
    own: one.own,
    what: one.what,
    pence: one.pence,
    why: isWord(word)
      ? word === 'told'
        ? said
        : word === 'standing'
          ? `${shortName} said: pay what I have said yes to, without asking me again.`
          : 'The agreement says that you may.'
      : one.refused
        ? `${one.refused.by} wrote on ${longDate(londonDate(one.refused.at))} why it is not paid: “${one.refused.reason}” ${shortName} can ask again.`
        : noWordSentence(word, shortName),
    note: told?.note ?? '',
    again: told?.state === 'done',
  }
}

/**
 * One account for whoever holds it: what was agreed, the money, what waits for them, what is on its way, the statement of this month.
 * @throws SIGN_IN; NOT_FOUND for strangers and holders of other funds; FORBIDDEN for workers
 */
export async function accountPage(deps: Needs, actor: Actor, allocationId: string) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireHolder(actor, account)
  const now = deps.clock.now()
  const today = londonDate(now)
  const { agreement } = account
  const [overview, statement, assessed, fees] = await Promise.all([
    fundOverview(prisma, account, now),
    readFundStatement(prisma, allocationId, readPeriod({ month: null, from: null, until: null }, today)),
    account.streamKind === 'adult_social_care' ? assessmentOn(prisma, account.personId, today) : null,
    agreement ? feesOf(prisma, agreement.id) : Promise.resolve([]),
  ])
  const { owed, credits, ...rest } = overview
  const lines = owed.map((one) => ({ ...holderLine(one, account), word: one.word }))
  return {
    ...headOf(account),
    ...rest,
    weeklyContribution: assessed?.weeklyPence ?? 0,
    toPay: lines.filter(({ word }) => isWord(word)),
    needsWord: lines.filter(({ word }) => !isWord(word)),
    comesBack: -credits.reduce((sum, { pence }) => sum + pence, 0),
    giveBack: takenTooMuch(fees, agreement?.feeRates ?? []).reduce((sum, { pence }) => sum + pence, 0),
    statement: briefOf(statement),
  }
}

/** The statement of this month in short, for a page that leads to the whole of it. */
export const briefOf = (statement: FundStatement) => ({
  ...statement,
  lines: statement.lines.slice(-12).reverse(),
  leftOut: Math.max(0, statement.lines.length - 12) + statement.leftOut,
})

/**
 * What the holder has ticked, to check before it is marked as paid: a payment for each provider, to the penny.
 * @param payableIds as they stand in the address
 * @throws as `accountPage`; STALE_STATE when some of it is no longer to be paid; REFUSED_BY_RULE where the person's word is missing
 */
export async function payPage(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  payableIds: readonly string[],
) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireHolder(actor, account)
  const overview = await fundOverview(prisma, account, deps.clock.now())
  const wanted = new Set(payableIds)
  const chosen = overview.owed.filter(({ payableId }) => wanted.has(payableId))
  if (wanted.size > 0 && chosen.length !== wanted.size)
    throw new DomainError(
      'STALE_STATE',
      'Some of this has been paid, or is being paid, meanwhile. Go back to the account and look at what is still to pay.',
    )
  for (const { word, what } of chosen)
    if (!isWord(word))
      throw new DomainError('REFUSED_BY_RULE', `${what}: ${noWordSentence(word, account.shortName)}`)
  const groups = byProvider(chosen, overview.credits)
  return {
    ...headOf(account),
    groups: groups.map((group) => ({
      provider: group.provider,
      own: group.own,
      pence: group.pence,
      back: -group.credits.reduce((sum, { pence }) => sum + pence, 0),
      lines: group.owed.map((one) => holderLine(one, account)),
    })),
    payableIds: chosen.map(({ payableId }) => payableId),
    pence: groups.reduce((sum, { pence }) => sum + pence, 0),
    inIt: overview.money.inIt,
  }
}

/** One request to pay, for whoever says why they do not pay it. @throws as `accountPage`; STALE_STATE when it was answered */
export async function refusePage(deps: Needs, actor: Actor, allocationId: string, instructionId: string) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireHolder(actor, account)
  const { owed } = await fundOverview(prisma, account, deps.clock.now())
  const one = owed.find(({ told }) => told?.instructionId === instructionId)
  if (!one) {
    const known = await prisma.paymentInstruction.count({ where: { id: instructionId, allocationId } })
    if (known === 0) throw notFound()
    throw new DomainError(
      'STALE_STATE',
      'This was paid, answered or taken back meanwhile. Look at what still waits.',
    )
  }
  return {
    ...headOf(account),
    instructionId,
    line: holderLine(one, account),
  }
}

/** One payment that is on its way. @throws as `accountPage` */
export async function paymentPage(deps: Needs, actor: Actor, allocationId: string, paymentId: string) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireHolder(actor, account)
  const payment = await prisma.payment.findFirst({
    where: {
      id: paymentId,
      payerKind: 'fund_holder',
      payerId: account.holderId,
      lines: { some: { payable: { allocationId } } },
    },
    select: {
      state: true,
      endedAt: true,
      pence: true,
      reference: true,
      provider: { select: { name: true } },
    },
  })
  if (!payment) throw notFound()
  const { onTheWay } = await fundOverview(prisma, account, deps.clock.now())
  const day = payment.endedAt ? longDate(londonDate(fromDate(payment.endedAt))) : ''
  return {
    ...headOf(account),
    paymentId,
    provider: payment.provider.name,
    pence: payment.pence,
    reference: payment.reference,
    open: onTheWay.find(({ id }) => id === paymentId) ?? null,
    today: londonDate(deps.clock.now()).toString(),
    ended:
      payment.state === 'confirmed'
        ? `${pounds(payment.pence)} arrived on ${day}.`
        : payment.state === 'sent'
          ? null
          : `It did not arrive: the bank sent it back on ${day}.`,
  }
}
