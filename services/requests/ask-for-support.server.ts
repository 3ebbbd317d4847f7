import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Temporal, dateColumn, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { knowsOutcode } from './fitting.server.ts'
import { givesAway } from './private-words.rules.ts'
import { type AskInput, askSchema } from './request.schema.ts'
import { requirePersonMay } from './requests.policy.ts'
import { type NeedsInWords, needsWords } from './words.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
type Form = Record<string, unknown> & { personId: string }

/** So that nobody's page, and no provider's, drowns in requests. */
export const MOST_OPEN = 5

export interface CheckedRequest {
  /** As a provider will read it. */
  words: NeedsInWords
  openUntil: string
}

/** Midnight after the last day, in London. */
export const endOfDay = (day: Temporal.PlainDate): Temporal.Instant =>
  day.add({ days: 1 }).toZonedDateTime('Europe/London').toInstant()

async function read(tx: Tx, now: Temporal.Instant, actor: Actor, form: Form): Promise<AskInput> {
  requirePersonInView(actor, form.personId)
  requirePersonMay(actor, form.personId, 'ask')
  const input = parseInput(askSchema, form)
  const person = await tx.person.findUnique({
    where: { id: input.personId },
    select: { name: true, addressLine: true },
  })
  if (!person) throw notFound()
  const private_ = givesAway(input.matters, [person.name, person.addressLine ?? ''])
  if (private_) throw invalid({ matters: [private_] })
  if (input.minutes > input.until - input.from)
    throw invalid({
      minutes: ['A visit of this length does not fit between these times. Change one of them.'],
    })
  const first = Temporal.PlainDate.from(input.date)
  const today = londonDate(now)
  if (Temporal.PlainDate.compare(first, today) < 0)
    throw invalid({ date: ['This date has passed. Enter a date from today on.'] })
  if (Temporal.PlainDate.compare(first, today.add({ months: 6 })) > 0)
    throw invalid({ date: ['Enter a date within the next six months.'] })
  if (!(await knowsOutcode(tx, input.near)))
    throw invalid({ near: [`We do not know ${input.near}. Enter the first half of a postcode close by.`] })
  return input
}

const wordsOf = (input: AskInput): NeedsInWords =>
  needsWords({
    categoryCode: input.category,
    audiences: input.audience,
    setting: input.setting,
    outcode: input.near,
    days: input.days,
    fromMinute: input.from,
    untilMinute: input.until,
    repeats: input.repeat === 'weekly',
    minutes: input.minutes,
    startsOn: Temporal.PlainDate.from(input.date),
    matters: input.matters,
    fundKinds: input.funds,
  })

/**
 * What would be published, in the words in which providers would read it. Nothing is saved.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID beside fields, also for words that say who or where somebody is
 */
export async function checkRequest(deps: Needs, actor: Actor, form: Form): Promise<CheckedRequest> {
  const now = deps.clock.now()
  const input = await read(deps.db.prisma, now, actor, form)
  return {
    words: wordsOf(input),
    openUntil: longDate(londonDate(now).add({ days: input.open })),
  }
}

/**
 * Puts the request to the providers that fit, without a name. They are told by a job that goes out with it.
 * @throws as `checkRequest`; TOO_MANY when five are open already
 */
export async function askForSupport(deps: Needs, actor: Actor, form: Form): Promise<{ requestId: string }> {
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const input = await read(tx, now, actor, form)
    const stands = await tx.supportRequest.findUnique({
      where: { id: input.requestId },
      select: { personId: true },
    })
    if (stands) {
      if (stands.personId !== input.personId) throw notFound()
      return { requestId: input.requestId }
    }
    // The person's row is locked, so that two requests at once are counted one after the other.
    await tx.$queryRaw`select 1 from person where id = ${input.personId}::uuid for no key update`
    const open = await tx.supportRequest.count({ where: { personId: input.personId, state: 'open' } })
    if (open >= MOST_OPEN)
      throw new DomainError(
        'TOO_MANY',
        `${String(MOST_OPEN)} requests are open already. Take one of them back first, or wait until one is over.`,
      )
    const trace = traceOf(actor)
    const made = await tx.supportRequest.createMany({
      skipDuplicates: true,
      data: {
        id: input.requestId,
        personId: input.personId,
        categoryCode: input.category,
        audiences: input.audience,
        setting: input.setting,
        outcode: input.near,
        days: [...input.days].sort((a, b) => a - b),
        fromMinute: input.from,
        untilMinute: input.until,
        repeats: input.repeat === 'weekly',
        minutes: input.minutes,
        startsOn: dateColumn(Temporal.PlainDate.from(input.date)),
        matters: input.matters,
        fundKinds: input.funds,
        openUntil: toDate(endOfDay(londonDate(now).add({ days: input.open }))),
        createdById: trace.actorUserId,
        authorityId: trace.authorityId,
        createdAt: toDate(now),
      },
    })
    if (made.count === 0) return { requestId: input.requestId }
    await recordAudit(tx, now, actor, {
      action: 'support_request.asked',
      subjectType: 'support_request',
      subjectId: input.requestId,
      forPersonId: input.personId,
      facts: { category: input.category, days: input.open },
    })
    await addJob(tx, 'tell_of_support_request', { requestId: input.requestId })
    return { requestId: input.requestId }
  })
}
