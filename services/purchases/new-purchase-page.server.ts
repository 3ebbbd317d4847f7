import { HELD_WORDS } from '#services/budgets/payer.rules.ts'
import { personInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { adviserFund } from './adviser-fund.server.ts'
import { type PurchaseFund, readLimits, readPurchaseFunds } from './purchase-funds.server.ts'
import { BOUGHT_ELSEWHERE } from './purchase.rules.ts'
import { personMay, requirePersonMay } from './purchases.policy.ts'
import { readOutcomes } from './read-outcomes.server.ts'

export interface FundChoice {
  id: string
  name: string
  /** What it can buy, and what is left where the reader may know. */
  says: string
  accreditedOnly: boolean
  /** Each purchase of it names an outcome of the plan. */
  needsOutcome: boolean
}
export interface AccreditedService {
  title: string
  provider: string
  href: string
}
export interface NewPurchasePage {
  /** Made here, so that a second press of the form is the same purchase. */
  purchaseId: string
  person: { id: string; shortName: string; self: boolean }
  funds: FundChoice[]
  categories: { value: string; label: string }[]
  outcomes: string[]
  /** Whom a fund that pays accredited providers only can pay: the way out of its refusal. */
  accredited: AccreditedService[]
}

const CATEGORIES = BOUGHT_ELSEWHERE.map(({ code, name }) => ({ value: code, label: name }))
const FEW = 6

/**
 * The form for putting something forward that is bought from somebody who is not listed.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter who may neither propose nor book
 */
export async function newPurchasePage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
): Promise<NewPurchasePage> {
  const personId = personInView(actor)
  requirePersonMay(actor, personId, 'propose')
  const person = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { shortName: true },
  })
  const self = !(actor.kind === 'user' && actor.actingFor)
  return pageOf(deps, actor, { id: personId, ...person, self }, personMay(actor, personId, 'see'), null)
}

/**
 * The same for the adviser who holds a fund, for that fund alone.
 * @throws SIGN_IN; NOT_FOUND for everybody but the adviser named in it
 */
export async function newAdviserPurchasePage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  allocationId: string,
): Promise<NewPurchasePage & { allocationId: string; limit: string }> {
  const { personId, name } = await adviserFund(deps, actor, allocationId)
  const person = { id: personId, shortName: name, self: false }
  const page = await pageOf(deps, actor, person, true, allocationId)
  const { councilId } = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { councilId: true },
  })
  const { adviserPence } = await readLimits(deps.db.prisma, councilId)
  return {
    ...page,
    allocationId,
    limit:
      adviserPence === null
        ? 'Finance agrees each purchase.'
        : `Up to ${pounds(adviserPence)} your yes is enough, with theirs. Above that, finance agrees as well.`,
  }
}

async function pageOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  person: NewPurchasePage['person'],
  seesMoney: boolean,
  only: string | null,
): Promise<NewPurchasePage> {
  const now = deps.clock.now()
  const today = londonDate(now)
  const funds = (await readPurchaseFunds(deps.db.prisma, person.id, now)).filter(
    ({ id, endsOn }) => today.until(endsOn).days >= 0 && (only === null || id === only),
  )
  const categories = funds
    .filter(({ rules }) => rules.accreditedOnly)
    .flatMap(({ rules }) => rules.allowedCategories)
  return {
    purchaseId: newId(),
    person,
    funds: funds.map((fund) => choiceOf(fund, seesMoney)),
    categories: CATEGORIES,
    outcomes: await readOutcomes(deps, actor, person.id),
    accredited: categories.length > 0 ? await accreditedServices(deps.db.prisma, categories) : [],
  }
}

function choiceOf(fund: PurchaseFund, seesMoney: boolean): FundChoice {
  const { rules } = fund
  const can = `It can pay for ${rules.canBuy.replace(/\.$/, '')}.`
  const left =
    fund.left === 0 && fund.nextMoneyOn
      ? `Nothing is left in it today. Its next money comes on ${fund.nextMoneyOn}.`
      : `${pounds(fund.left)} is left in it today.`
  const held = fund.streamKind === 'own_money' ? '' : `, ${HELD_WORDS[fund.deployment]}`
  return {
    id: fund.id,
    name: rules.name,
    says: [
      can,
      rules.accreditedOnly ? 'It pays accredited providers only.' : '',
      rules.unitCeilingPence === null
        ? ''
        : `It pays up to ${pounds(rules.unitCeilingPence)} for each hour, visit or item.`,
      seesMoney ? left : '',
      `From ${fund.funder}${held}, until ${longDate(fund.endsOn)}.`,
    ]
      .filter(Boolean)
      .join(' '),
    accreditedOnly: rules.accreditedOnly,
    needsOutcome: fund.deployment === 'adviser_held',
  }
}

/** Listed services of these kinds by providers who are accredited: bought, and open to new people. */
async function accreditedServices(tx: Tx, categories: readonly string[]): Promise<AccreditedService[]> {
  const rows = await tx.service.findMany({
    where: {
      state: 'published',
      acceptsNew: true,
      currentVersion: { categoryCode: { in: [...categories] }, fundedBy: 'bought' },
      provider: { pausedAt: null, checks: { some: { kind: 'training', state: 'verified' } } },
    },
    orderBy: { publishedAt: 'asc' },
    take: FEW,
    select: {
      slug: true,
      currentVersion: { select: { title: true } },
      provider: { select: { name: true } },
    },
  })
  return rows.map(({ slug, currentVersion, provider }) => ({
    title: currentVersion?.title ?? '',
    provider: provider.name,
    href: `/services/${slug}`,
  }))
}
