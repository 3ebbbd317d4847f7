import { rangeWords } from '#services/availability/hours-words.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Session, hoursOf, sessionsAhead } from './own-plan.rules.ts'

const NOBODY =
  'You are signed in, but this is for a week of somebody with a page of their own. If you help somebody, choose first for whom you do this.'

/** A free or commissioned service as it is put into a week. @throws NOT_FOUND for anything else */
export async function freeService(deps: Pick<Deps, 'db' | 'clock'>, slug: string) {
  const service = await deps.db.prisma.service.findFirst({
    where: { slug, state: 'published', currentVersion: { fundedBy: { not: 'bought' } } },
    include: { currentVersion: true, provider: true, rules: { take: 100 }, exceptions: { take: 400 } },
  })
  const version = service?.currentVersion
  if (!service || !version) throw notFound()
  return { service, version, sessions: sessionsAhead(hoursOf(service), deps.clock.now()) }
}

export const sessionValue = ({ day, fromMinute }: Session): string => `${day} ${String(fromMinute)}`

/**
 * When it is open next, to put one of these into the week of the person in view.
 * @throws SIGN_IN; NOT_FOUND for a service that is paid for; FORBIDDEN for a supporter without the scope `book`
 */
export async function ownPlanPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, slug: string) {
  const { service, version, sessions } = await freeService(deps, slug)
  if (actor.kind === 'user' && !actor.personId && !actor.actingFor)
    throw new DomainError('REFUSED_BY_RULE', NOBODY)
  const personId = personInView(actor)
  requireScope(actor, personId, 'book')
  const person = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { shortName: true },
  })
  return {
    slug,
    title: version.title,
    provider: {
      id: service.provider.id,
      name: service.provider.name,
      kind: service.provider.kind,
      phone: service.provider.phone,
    },
    person: { id: personId, shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    sessions: sessions.map((session) => ({
      value: sessionValue(session),
      label: `${longDate(Temporal.PlainDate.from(session.day), { year: false })}, ${rangeWords(session.fromMinute, session.untilMinute)}`,
    })),
    /** Open for longer than somebody stays: they may say when they will come. */
    asksTime: sessions.some(({ fromMinute, untilMinute }) => untilMinute - fromMinute > version.maxMinutes),
    stays: version.minMinutes,
  }
}
