/** Searches that a person keeps, to be told when something new fits. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { may, personInView, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { headingOf } from './find-parts.ts'
import { findHref } from './find.schema.ts'
import { fitting } from './fitting.server.ts'
import { fundsThatRun } from './own-funds.server.ts'
import { readQuestion } from './read-question.server.ts'

/** More than this is no help to anybody, and every one is asked each morning. */
export const MOST_SAVED = 20
const LONGEST_ADDRESS = 2_000

type Needs = Pick<Deps, 'db' | 'clock' | 'search'>

/**
 * Keeps a search for the person. The same one twice is one.
 * @param input.address what stands behind `/find?`
 * @returns its name, as the page says it
 * @throws SIGN_IN, NOT_FOUND, STALE_STATE; FORBIDDEN for a supporter without `shortlist`; REFUSED_BY_RULE for a search without anything in
 *   it, at a place that nobody knows, or the 21st
 */
export async function saveSearch(
  deps: Needs,
  actor: Actor,
  input: { personId: string; address: string },
): Promise<string> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'shortlist')
  const { personId } = input
  const now = deps.clock.now()
  const funds = may(actor, personId, 'see_money') ? await fundsThatRun(deps.db, personId, now) : []
  const question = await readQuestion(deps, new URLSearchParams(input.address), funds)
  const address = findHref(question.typed).split('?')[1] ?? ''
  if (address === '' || question.lost || address.length > LONGEST_ADDRESS)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'Say first what or where you are looking for. Then it can be kept.',
    )
  const name = headingOf(question.typed, question.place)
  const seen = await fitting(deps, question.query)
  await deps.db.tx(async (tx) => {
    await tx.$executeRaw`select 1 from person where id = ${personId}::uuid for no key update`
    const kept = await tx.savedSearch.findMany({
      where: { personId },
      select: { address: true },
      take: MOST_SAVED,
    })
    if (kept.some((one) => one.address === address)) return
    if (kept.length >= MOST_SAVED)
      throw new DomainError(
        'REFUSED_BY_RULE',
        `You keep ${String(MOST_SAVED)} searches, which is as many as there can be. Let go of one of them first.`,
      )
    const id = newId()
    await tx.savedSearch.create({
      data: {
        id,
        personId,
        address,
        name: name.slice(0, 300),
        seen,
        savedById: traceOf(actor).actorUserId,
        createdAt: toDate(now),
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'search.saved',
      subjectType: 'saved_search',
      subjectId: id,
      forPersonId: personId,
    })
  })
  return name
}

/**
 * Lets a kept search go.
 * @throws SIGN_IN, STALE_STATE, FORBIDDEN as `saveSearch`; NOT_FOUND for somebody else's, and for one that is gone
 */
export async function forgetSearch(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; id: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'shortlist')
  if (!isId(input.id)) throw notFound()
  await deps.db.tx(async (tx) => {
    const { count } = await tx.savedSearch.deleteMany({ where: { id: input.id, personId: input.personId } })
    if (count === 0) throw notFound()
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'search.forgotten',
      subjectType: 'saved_search',
      subjectId: input.id,
      forPersonId: input.personId,
    })
  })
}

/**
 * The searches that a person keeps, newest first.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter without `shortlist`
 */
export async function savedSearchesPage(deps: Pick<Deps, 'db'>, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'shortlist')
  const [person, rows] = await Promise.all([
    deps.db.prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    deps.db.prisma.savedSearch.findMany({
      where: { personId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST_SAVED,
    }),
  ])
  return {
    person: {
      id: personId,
      shortName: person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    searches: rows.map((row) => ({
      id: row.id,
      name: row.name,
      href: `/find?${row.address}`,
      fits: row.newCount,
      savedOn: longDate(londonDate(fromDate(row.createdAt))),
    })),
  }
}
