import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { categoryOf } from '#services/catalogue/categories.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import { tell, type NewNotice } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import type { z } from 'zod'
import { type PurchaseFund, readLimits, readPurchaseFunds } from './purchase-funds.server.ts'
import { type Decider, deciderOf, purchaseRefusal } from './purchase.rules.ts'
import { proposeSchema } from './purchase.schema.ts'
import { adviserFund } from './adviser-fund.server.ts'
import { personMay, requirePersonMay, speaksForPerson } from './purchases.policy.ts'
import { readOutcomes } from './read-outcomes.server.ts'

type Given = z.output<ReturnType<typeof proposeSchema>>
export interface Proposed {
  purchaseId: string
  state: 'proposed' | 'agreed'
  decider: Decider
  /** Whether whoever put it forward may see it afterwards. */
  maySee: boolean
}

/**
 * Puts forward something to be bought from somebody who is not listed. The fund's rules are asked first; nothing is set
 * aside. Own money and a carer's small purchase are agreed at once; what an adviser within their limit puts forward
 * waits for the person alone; what somebody puts forward who may only propose waits for the person as well.
 * @param input fields of the form; `personId` whose money it is, `purchaseId` made by the page, so that a second press
 *   is the same purchase
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID beside fields; REFUSED_BY_RULE naming the fund, its rule, what it can
 *   buy and which other funds could
 */
export async function proposePurchase(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<Proposed> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'propose')
  return propose(deps, actor, input, false)
}

/**
 * The same by the adviser who holds the fund, for that fund.
 * @throws as `proposePurchase`; NOT_FOUND for everybody but the adviser named in the fund
 */
export async function proposeAsAdviser(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { allocationId: string },
): Promise<Proposed> {
  const { personId } = await adviserFund(deps, actor, input.allocationId)
  return propose(deps, actor, { ...input, personId, fund: input.allocationId }, true)
}

async function propose(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
  asAdviser: boolean,
): Promise<Proposed> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const now = deps.clock.now()
  const outcomes = await readOutcomes(deps, actor, input.personId)
  return deps.db.tx(async (tx) => {
    const person = await tx.person.findUnique({
      where: { id: input.personId },
      select: { councilId: true, shortName: true },
    })
    if (!person) throw notFound()
    const funds = await readPurchaseFunds(tx, input.personId, now)
    const given = parseInput(proposeSchema(outcomes), input)
    const fund = funds.find(({ id }) => id === given.fund)
    if (!fund) throw invalid({ fund: ['Choose one of these funds.'] })
    const decider = deciderOf(fund, given.price, await readLimits(tx, person.councilId))
    const before = await standsAlready(tx, actor, given, decider)
    if (before) return before
    refuseByRules(funds, fund, given, londonDate(now).toString())
    if (fund.deployment === 'adviser_held' && given.outcome === '')
      throw invalid({
        outcome: [
          outcomes.length === 0
            ? 'What is bought with this fund is for an outcome of the plan, and there is none that you may see. Talk to the adviser first.'
            : 'Choose the outcome of the plan that it is for. What is bought with this fund always has one.',
        ],
      })
    return write(tx, now, actor, { given, fund, decider, asAdviser, councilId: person.councilId })
  })
}

/** The second press of one form: the purchase is there, and nothing is done. @throws NOT_FOUND when it is somebody else's */
async function standsAlready(tx: Tx, actor: Actor, given: Given, decider: Decider): Promise<Proposed | null> {
  const known = await tx.purchase.findUnique({
    where: { id: given.purchaseId },
    select: { personId: true, state: true },
  })
  if (!known) return null
  if (known.personId !== given.personId) throw notFound()
  return {
    purchaseId: given.purchaseId,
    state: known.state === 'agreed' ? 'agreed' : 'proposed',
    decider,
    maySee: personMay(actor, given.personId, 'see'),
  }
}

function refuseByRules(funds: readonly PurchaseFund[], fund: PurchaseFund, given: Given, on: string): void {
  const ask = {
    category: given.category,
    categoryName: categoryOf(given.category).name,
    on,
    pence: given.price,
    units: given.units,
  }
  const refusal = purchaseRefusal(fund.rules, ask)
  if (refusal === null) return
  const others = funds.filter((one) => one.id !== fund.id && purchaseRefusal(one.rules, ask) === null)
  const instead =
    others.length === 0 ? '' : ` ${listed(others.map(({ rules }) => rules.name))} could pay for this.`
  const words = `${refusal}${instead}`
  throw new DomainError('REFUSED_BY_RULE', words, { fields: { fund: [words] } })
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`

async function write(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  of: { given: Given; fund: PurchaseFund; decider: Decider; asAdviser: boolean; councilId: string },
): Promise<Proposed> {
  const { given, fund, decider } = of
  const trace = traceOf(actor)
  const personSaidYes = !of.asAdviser && speaksForPerson(actor, given.personId)
  const atOnce = decider === 'rule' || (of.asAdviser && decider === 'named_adviser')
  const state = personSaidYes && atOnce ? 'agreed' : 'proposed'
  const made = await tx.purchase.createMany({
    skipDuplicates: true,
    data: {
      id: given.purchaseId,
      personId: given.personId,
      allocationId: fund.id,
      categoryCode: given.category,
      what: given.what,
      seller: given.seller,
      pence: given.price,
      units: given.units,
      outcome: given.outcome,
      state,
      proposedById: trace.actorUserId,
      authorityId: of.asAdviser ? null : trace.authorityId,
      proposedAt: toDate(now),
      agreedAt: atOnce ? toDate(now) : null,
      agreedById: atOnce && of.asAdviser ? trace.actorUserId : null,
      personAgreedAt: personSaidYes ? toDate(now) : null,
    },
  })
  if (made.count === 0) {
    const other = await standsAlready(tx, actor, given, decider)
    if (other) return other
    throw notFound()
  }
  await recordAudit(tx, now, actor, {
    action: 'purchase.proposed',
    subjectType: 'purchase',
    subjectId: given.purchaseId,
    forPersonId: given.personId,
    facts: { pence: given.price, allocationId: fund.id, decider, agreed: state === 'agreed' },
  })
  await tell(tx, now, noticesOf(given, fund, { ...of, personSaidYes, atOnce }))
  return { purchaseId: given.purchaseId, state, decider, maySee: personMay(actor, given.personId, 'see') }
}

/** Whoever has to say yes next. What it is stands on the page, not in a mail to a whole team. */
function noticesOf(
  given: Given,
  fund: PurchaseFund,
  of: { councilId: string; decider: Decider; asAdviser: boolean; personSaidYes: boolean; atOnce: boolean },
): NewNotice[] {
  const subjectId = given.purchaseId
  const path = `/council/purchases/${given.purchaseId}`
  if (!of.personSaidYes)
    return [
      {
        to: { personId: given.personId },
        kind: 'purchase.put_forward',
        title: of.asAdviser
          ? 'Your adviser suggests that you buy something'
          : 'Somebody suggests that you buy something',
        body: `${given.what}, ${pounds(given.price)}, from ${fund.rules.name}. Nothing is bought until you say yes.`,
        path: `/my/money/purchases/${given.purchaseId}`,
        subjectId,
      },
    ]
  if (of.atOnce) return []
  return [askedNotice({ ...of, adviserUserId: fund.adviserUserId }, path, subjectId)]
}

/** To those on the council's side who decide. */
export function askedNotice(
  of: { councilId: string; decider: Decider; adviserUserId: string | null },
  path: string,
  subjectId: string,
): NewNotice {
  const body = 'Somebody asks to buy something from a seller who is not listed.'
  const title = 'A purchase waits for your yes or no'
  if (of.decider === 'named_adviser' && of.adviserUserId)
    return { to: { userId: of.adviserUserId }, kind: 'purchase.asked', title, body, path, subjectId }
  const kind = of.decider === 'finance' ? 'finance.purchase_asked' : 'purchase.asked'
  return { to: { councilId: of.councilId }, kind, title, body, path, subjectId }
}
