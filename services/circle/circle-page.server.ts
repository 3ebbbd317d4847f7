import { isSomebodysAssistant } from '#services/employing/my-hours-page.server.ts'
import type { Actor, AuthorityType, Scope } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { personMayEnd, SCOPE_WORDS, SCOPES_OF, TYPE_WORDS, GIVEN_BY_PERSON } from './authority.rules.ts'
import { heldBy, live } from './live.ts'

export interface SupporterCard {
  authorityId: string
  name: string
  /** 'brother' */
  relationship: string
  type: string
  explained: string
  may: string[]
  /** 'From Thursday 1 January 2026, until you end it' in words. */
  dates: string
  /** False: only the council ends it. */
  mayEnd: boolean
}

export interface SupportedCard {
  authorityId: string
  personName: string
  as: string
  may: string[]
  mayNot: string[]
  dates: string
  /** This session acts for them now. */
  now: boolean
}

export interface CirclePage {
  /** Present when the actor is a person and acts for nobody: it is theirs to see and to change. */
  mine: {
    personId: string
    supporters: SupporterCard[]
    organisations: { id: string; name: string }[]
  } | null
  /** Whom the actor may act for. */
  supports: SupportedCard[]
  /** Whether somebody employs the actor, who then has hours to write down. */
  employed: boolean
  /** Councils that let a supporter set somebody up. */
  mayIntroduce: boolean
}

const AUTHORITY = {
  id: true,
  type: true,
  relationship: true,
  scopes: true,
  startsOn: true,
  endsOn: true,
  supporterName: true,
  supporterUser: { select: { name: true } },
  supporterProvider: { select: { name: true } },
  person: { select: { shortName: true } },
} as const

export function authorityDates({ startsOn, endsOn }: { startsOn: Date; endsOn: Date | null }): string {
  const from = `From ${longDate(plainDateOf(startsOn))}`
  return endsOn ? `${from} until ${longDate(plainDateOf(endsOn))}` : `${from}, until it is ended`
}
/** As whoever gave it called them; the account's own name stands in where the council or the demo wrote it down. */
export const supporterName = (one: {
  supporterName: string | null
  supporterUser: { name: string } | null
  supporterProvider: { name: string } | null
}): string => one.supporterProvider?.name ?? one.supporterName ?? one.supporterUser?.name ?? ''
const words = (scopes: readonly Scope[]): string[] => scopes.map((scope) => SCOPE_WORDS[scope])

/** Organisations a person can ask for help: those who list such help here. */
async function organisationsToAsk(deps: Deps): Promise<{ id: string; name: string }[]> {
  return deps.db.prisma.provider.findMany({
    where: {
      claimed: true,
      pausedAt: null,
      services: {
        some: {
          state: 'published',
          currentVersion: {
            categoryCode: {
              in: [
                'advocacy',
                'brokerage_and_planning',
                'direct_payment_support',
                'peer_support',
                'advice_and_information',
              ],
            },
          },
        },
      },
    },
    orderBy: { name: 'asc' },
    take: 100,
    select: { id: true, name: true },
  })
}

/**
 * The people around somebody, and whom they support themselves. A supporter does not see who else supports the person.
 * @throws SIGN_IN
 */
export async function circlePage(deps: Deps, actor: Actor): Promise<CirclePage> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const now = deps.clock.now()
  const { prisma } = deps.db
  const [theirs, held, open, employed] = await Promise.all([
    actor.personId && !actor.actingFor
      ? prisma.authority.findMany({
          where: { personId: actor.personId, endedAt: null },
          orderBy: { createdAt: 'asc' },
          take: 100,
          select: AUTHORITY,
        })
      : null,
    prisma.authority.findMany({
      where: { AND: [live(now), heldBy(actor.userId)] },
      orderBy: [{ person: { shortName: 'asc' } }, { id: 'asc' }],
      take: 200,
      select: AUTHORITY,
    }),
    prisma.council.count({ where: { supportersMaySetUp: true } }),
    isSomebodysAssistant(deps, actor),
  ])
  return {
    mine: theirs && {
      personId: actor.personId ?? '',
      supporters: theirs.map((one) => ({
        authorityId: one.id,
        name: supporterName(one),
        relationship: one.relationship,
        type: TYPE_WORDS[one.type].name,
        explained: TYPE_WORDS[one.type].explained,
        may: words(one.scopes),
        dates: authorityDates(one),
        mayEnd: personMayEnd(one.type),
      })),
      organisations: await organisationsToAsk(deps),
    },
    supports: held.map((one) => ({
      authorityId: one.id,
      personName: one.person.shortName,
      as: one.supporterProvider ? `${one.relationship}, for ${one.supporterProvider.name}` : one.relationship,
      may: words(one.scopes),
      mayNot: words(SCOPES_OF.nominated_person.filter((scope) => !one.scopes.includes(scope))),
      dates: authorityDates(one),
      now: actor.actingFor?.authorityId === one.id,
    })),
    employed,
    mayIntroduce: open > 0,
  }
}

/** The choices of the form, in words, with what each kind of supporter can have at most. */
export const supporterChoices = (types: readonly AuthorityType[] = GIVEN_BY_PERSON) => ({
  types: types.map((type) => ({
    value: type,
    label: TYPE_WORDS[type].name,
    hint: TYPE_WORDS[type].explained,
  })),
  scopes: (Object.keys(SCOPE_WORDS) as Scope[])
    .filter((scope) => types.some((type) => SCOPES_OF[type].includes(scope)))
    .map((scope) => ({ value: scope, label: SCOPE_WORDS[scope] })),
})
