import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { noticesRead } from '#services/messages/person-notices.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { asksForReceipt } from './evidence.server.ts'
import { notEnough } from './order-purchase.server.ts'
import { readPurchaseFunds } from './purchase-funds.server.ts'
import { type PurchaseRow, deciderFor, readPurchase, recorderFor } from './purchase-row.server.ts'
import { receiptWords, receiptsOf } from '#services/budgets/receipts.rules.ts'
import {
  eachOf,
  mayPress,
  mostOver,
  purchaseRefusal,
  standingWords,
  type Recorder,
} from './purchase.rules.ts'
import { personMay, requirePersonMay } from './purchases.policy.ts'

const day = (date: Date): string => longDate(plainDateOf(date))
const moment = (date: Date): string => longDate(londonDate(fromDate(date)))

/** What both sides read of a purchase. */
export function purchaseFacts(row: PurchaseRow) {
  return {
    id: row.id,
    what: row.what,
    seller: row.seller,
    category: row.category.name,
    fund: row.allocation.stream.name,
    pence: row.pence,
    units: row.units,
    each: eachOf(row.pence, row.units),
    outcome: row.outcome,
    reason: row.reason,
    state: row.state,
    proposedOn: moment(row.proposedAt),
    personAgreedOn: row.personAgreedAt ? moment(row.personAgreedAt) : null,
    agreedOn: row.agreedAt ? moment(row.agreedAt) : null,
    paid:
      row.paidPence === null || !row.paidOn
        ? null
        : { pence: row.paidPence, on: day(row.paidOn), refunded: row.refundedPence },
    receipts: receiptWords(receiptsOf(row.allocation.stream)),
    asksForReceipt: asksForReceipt(row),
  }
}

/** The papers of a purchase, without their content. */
export const readPapers = async (deps: Pick<Deps, 'db'>, purchaseId: string) =>
  (
    await deps.db.prisma.evidence.findMany({
      where: { purchaseId },
      orderBy: { givenAt: 'asc' },
      take: 20,
      select: { id: true, name: true, givenAt: true },
    })
  ).map(({ id, name, givenAt }) => ({ id, name, on: moment(givenAt) }))

/** Names of the users who had a part in a purchase. */
export async function readNames(
  deps: Pick<Deps, 'db'>,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const users = await deps.db.prisma.user.findMany({
    where: { id: { in: ids.flatMap((id) => id ?? []) } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}

const PAYS: Record<Recorder, string> = {
  person: 'You pay the seller, then write here what it came to.',
  holder: 'Whoever holds this fund for you is then asked to pay the seller.',
  adviser: 'Your adviser pays the seller with you, and writes down what it came to.',
  finance: 'The council pays the seller, and writes down what it came to.',
}

export type PurchasePage = Awaited<ReturnType<typeof purchasePage>>

/**
 * One purchase for the person or their supporter: how it stands, and what can be pressed next.
 * @throws SIGN_IN; NOT_FOUND for somebody else's; FORBIDDEN for a supporter without the scope `see_money`
 */
export async function purchasePage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, purchaseId: string) {
  const personId = personInView(actor)
  const { prisma } = deps.db
  const row = await readPurchase(prisma, purchaseId)
  if (row.personId !== personId) throw notFound()
  requirePersonInView(actor, row.personId)
  requirePersonMay(actor, personId, 'see')
  const now = deps.clock.now()
  const [funds, decider, papers, names, instruction] = await Promise.all([
    readPurchaseFunds(prisma, personId, now),
    deciderFor(prisma, row),
    readPapers(deps, row.id),
    readNames(deps, [row.proposedById, row.agreedById]),
    prisma.paymentInstruction.findFirst({
      where: { purchaseId: row.id },
      orderBy: { askedAt: 'desc' },
      select: { state: true, answer: true },
    }),
  ])
  const self = !(actor.kind === 'user' && actor.actingFor)
  if (self) await noticesRead(prisma, now, personId, { subjectId: row.id })
  const fund = funds.find(({ id }) => id === row.allocationId)
  const recorder = recorderFor(row)
  const mayAct = personMay(actor, personId, 'set_aside')
  const refusal =
    row.state === 'agreed' && fund
      ? purchaseRefusal(fund.rules, {
          category: row.categoryCode,
          categoryName: row.category.name,
          on: londonDate(now).toString(),
          pence: row.pence,
          units: row.units,
        })
      : null
  const short = row.state === 'agreed' && fund && !refusal && fund.left < row.pence
  return {
    ...purchaseFacts(row),
    person: { id: personId, shortName: row.person.shortName, self },
    by: row.proposedById ? (names.get(row.proposedById) ?? null) : null,
    // A rule agreed when nobody's name stands there.
    agreedBy: row.agreedAt ? (row.agreedById ? (names.get(row.agreedById) ?? 'the council') : null) : null,
    standing: standingWords(
      { ...row, personAgreed: row.personAgreedAt !== null, councilAgreed: row.agreedAt !== null },
      decider,
    ),
    pays: PAYS[recorder],
    holder: instruction && fund?.holder ? { name: fund.holder.name, ...instruction } : null,
    left: fund?.left ?? 0,
    leftAfter: fund ? Math.max(0, fund.left - row.pence) : 0,
    /** Why the money cannot be set aside now. */
    stopped: refusal ?? (short ? notEnough(fund, row.pence).publicMessage : null),
    mostOver: mostOver(pence(row.pence)) as number,
    mostOverWords: pounds(mostOver(pence(row.pence))),
    papers,
    audited: row.auditedAt ? moment(row.auditedAt) : null,
    may: {
      sayYes: row.state === 'proposed' && !row.personAgreedAt && personMay(actor, personId, 'say_yes'),
      withdraw: mayPress('withdraw', row.state) && personMay(actor, personId, 'propose'),
      setAside: mayPress('order', row.state) && mayAct,
      giveUp: mayPress('give_up', row.state) && mayAct && instruction?.state !== 'done',
      askAgain: mayPress('ask_again', row.state) && mayAct,
      record: mayPress('pay', row.state) && recorder === 'person' && personMay(actor, personId, 'record'),
      refund:
        row.state === 'paid' &&
        (row.paidPence ?? 0) > row.refundedPence &&
        (recorder === 'person' || recorder === 'holder') &&
        personMay(actor, personId, 'record'),
      giveEvidence: asksForReceipt(row) && personMay(actor, personId, 'give_evidence'),
      takeAway: row.auditedAt === null && personMay(actor, personId, 'give_evidence'),
    },
  }
}
