import { readFundStatement, readPeriod } from '#services/budgets/fund-statement.server.ts'
import { may, personInView } from '#services/circle/circle.policy.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { dateColumn, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { briefOf, headOf } from './account-page.server.ts'
import { mondayOf } from './agreement.rules.ts'
import { fundOverview } from './fund-overview.server.ts'
import { requireOwner } from './holding.policy.ts'
import { nameOf } from './instruct.server.ts'
import { HELD, isWord } from './paying.rules.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'
import { type Owed, byProvider } from './read-owed.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST = 50

/**
 * The funds that somebody holds for the person in view, current ones first.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without `see_money`
 */
export async function heldFundsPage(deps: Needs, actor: Actor) {
  const personId = personInView(actor)
  requireOwner(actor, { personId }, 'see_money')
  const today = londonDate(deps.clock.now())
  const funds = await deps.db.prisma.allocation.findMany({
    where: { personId, deployment: { in: [...HELD] }, holderProviderId: { not: null } },
    orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
    take: MOST,
    select: {
      id: true,
      deployment: true,
      endsOn: true,
      stream: { select: { name: true } },
      holder: { select: { name: true } },
    },
  })
  const person = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { shortName: true },
  })
  return {
    person: { shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    funds: funds.map((fund) => ({
      allocationId: fund.id,
      name: fund.stream.name,
      holder: fund.holder?.name ?? '',
      managed: fund.deployment === 'direct_payment_managed_account',
      ended: fund.endsOn < dateColumn(today),
    })),
  }
}

/** Who is signed in, when they do it for the person: the page says so where they press. */
function actingOf(actor: Actor): { name: string; forWhom: string } | null {
  if (actor.kind !== 'user' || !actor.actingFor) return null
  return { name: nameOf(actor), forWhom: actor.actingFor.personName }
}

/** Whether whoever presses belongs to the organisation that holds the fund: then they say how they were told. */
async function actsFromHolder(deps: Needs, actor: Actor, account: HeldAccount): Promise<boolean> {
  if (actor.kind !== 'user' || !actor.actingFor) return false
  const authority = await deps.db.prisma.authority.findUnique({
    where: { id: (actor as UserActor & { actingFor: { authorityId: string } }).actingFor.authorityId },
    select: { supporterProviderId: true },
  })
  return authority?.supporterProviderId === account.holderId
}

function personLine(one: Owed) {
  const day = (at: NonNullable<Owed['told']>['at']): string => longDate(londonDate(at))
  return {
    payableId: one.payableId,
    visitId: one.visitId,
    provider: one.provider,
    own: one.own,
    what: one.what,
    pence: one.pence,
    told: one.told
      ? {
          instructionId: one.told.instructionId,
          by: one.told.by,
          on: day(one.told.at),
          note: one.told.note,
          again: one.told.state === 'done',
        }
      : null,
    refused: one.refused ? { by: one.refused.by, on: day(one.refused.at), reason: one.refused.reason } : null,
  }
}

/**
 * A fund that somebody holds for a person, for the person: who holds it and what was agreed, every spend, what waits for
 * their word, what they can do when something is not right.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for a supporter without `see_money`
 */
export async function heldFundPage(deps: Needs, actor: Actor, allocationId: string) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireOwner(actor, account, 'see_money')
  const now = deps.clock.now()
  const today = londonDate(now)
  const monday = mondayOf(today)
  const [overview, statement] = await Promise.all([
    fundOverview(prisma, account, now),
    readFundStatement(prisma, allocationId, readPeriod({ month: null, from: null, until: null }, today)),
  ])
  const { owed, credits, ...rest } = overview
  const waits = owed.filter(({ word, told }) => !isWord(word) && !told)
  const thisWeek = waits.filter(({ onDay }) => monday.until(onDay).days >= 0)
  const sum = (of: readonly Owed[]): number =>
    byProvider(of, credits).reduce((all, { pence }) => all + Math.max(0, pence), 0)
  return {
    ...headOf(account),
    self: !(actor.kind === 'user' && actor.actingFor),
    acting: actingOf(actor),
    mayManage: may(actor, account.personId, 'manage_money'),
    health: account.streamKind === 'nhs_personal_health_budget',
    ...rest,
    waits: waits.map(personLine),
    waitsPence: sum(waits),
    thisWeek: thisWeek.length > 0 && thisWeek.length < waits.length ? sum(thisWeek) : null,
    told: owed.filter(({ told }) => told !== null).map(personLine),
    byItself: owed.filter(({ word, told }) => !told && isWord(word)).map(personLine),
    statement: briefOf(statement),
  }
}

/** What is chosen in the address of the page that asks "Pay this?". */
export interface Choice {
  payableIds: readonly string[]
  week: boolean
  all: boolean
}

/**
 * "Pay this?", "Pay all of these?": what it is, to whom, what it comes to, and in whose name it is pressed.
 * @throws as `heldFundPage`; FORBIDDEN without `manage_money`; STALE_STATE when some of it no longer waits
 */
export async function instructPage(deps: Needs, actor: Actor, allocationId: string, choice: Choice) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireOwner(actor, account, 'manage_money')
  const now = deps.clock.now()
  const monday = mondayOf(londonDate(now))
  const { owed, credits, money } = await fundOverview(prisma, account, now)
  const waits = owed.filter(({ told }) => !told)
  const wanted = new Set(choice.payableIds)
  const chosen = choice.all
    ? waits.filter(({ word }) => !isWord(word))
    : choice.week
      ? waits.filter(({ word, onDay }) => !isWord(word) && monday.until(onDay).days >= 0)
      : waits.filter(({ payableId }) => wanted.has(payableId))
  if (chosen.length === 0 || (!choice.all && !choice.week && chosen.length !== wanted.size))
    throw new DomainError(
      'STALE_STATE',
      'This was paid or asked for meanwhile. Go back to the page of the fund and look again.',
    )
  const groups = byProvider(chosen, credits)
  return {
    ...headOf(account),
    self: !(actor.kind === 'user' && actor.actingFor),
    acting: actingOf(actor),
    mustSayHow: await actsFromHolder(deps, actor, account),
    groups: groups.map((group) => ({
      provider: group.provider,
      own: group.own,
      pence: Math.max(0, group.pence),
      back: -group.credits.reduce((sum, { pence }) => sum + pence, 0),
      lines: group.owed.map(personLine),
    })),
    payableIds: chosen.map(({ payableId }) => payableId),
    pence: groups.reduce((sum, { pence }) => sum + Math.max(0, pence), 0),
    free: money.free,
  }
}

/**
 * "Pay what I have said yes to, without asking me again": to check before it is given, or ended.
 * @throws as `instructPage`
 */
export async function standingPage(deps: Needs, actor: Actor, allocationId: string) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireOwner(actor, account, 'manage_money')
  const { standing, problem } = await fundOverview(prisma, account, deps.clock.now())
  return {
    ...headOf(account),
    self: !(actor.kind === 'user' && actor.actingFor),
    acting: actingOf(actor),
    mustSayHow: await actsFromHolder(deps, actor, account),
    standing,
    problem,
    most: account.agreement?.mostAtOncePence ?? null,
  }
}
