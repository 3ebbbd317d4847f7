import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { type Hours, ROWS, WEEKDAYS, exceptionSchema, fieldName, readHours } from './hours.schema.ts'

const MOST_EXCEPTIONS = 400
/** Further ahead nobody plans, and a mistyped year is caught. */
const MOST_DAYS_AHEAD = 800

/** @throws DomainError NOT_FOUND for strangers, FORBIDDEN for workers */
async function requireKeeper(deps: Deps, actor: Actor, serviceId: string): Promise<void> {
  const service = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: { providerId: true },
  })
  if (!service) throw notFound()
  requireMember(actor, service.providerId, 'edit_hours')
}

/**
 * Replaces the weekly hours of a service. They hold at once, also for a published one; what is booked already stays.
 * @param input values by field name (`fieldName`), as the form sends them
 * @throws DomainError INVALID with sentences by field, for times that do not exist or that overlap
 */
export async function saveHours(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  await requireKeeper(deps, actor, serviceId)
  const rules = readWeek(input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await hold(tx, serviceId)
    await tx.availabilityRule.deleteMany({ where: { serviceId } })
    await tx.availabilityRule.createMany({ data: rules.map((rule) => ({ id: newId(), serviceId, ...rule })) })
    await recordAudit(tx, now, actor, {
      action: 'hours.saved',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { rules: rules.length },
    })
    await indexServices(tx, now, [serviceId])
  })
}

/** Two saves at once would both delete and both add: the service's row makes them wait for each other. */
const hold = (tx: Tx, serviceId: string) =>
  tx.$queryRaw`SELECT 1 FROM service WHERE id = ${serviceId}::uuid FOR UPDATE`

function readWeek(input: Readonly<Record<string, unknown>>): ({ weekday: number } & Hours)[] {
  const rules: ({ weekday: number } & Hours)[] = []
  const fields: Record<string, string[]> = {}
  const text = (name: string): string => {
    const value = input[name]
    return typeof value === 'string' ? value.slice(0, 40) : ''
  }
  for (const weekday of WEEKDAYS)
    for (const row of ROWS) {
      const answer = readHours(text(fieldName(weekday, row, 'from')), text(fieldName(weekday, row, 'until')))
      if (!answer.ok) fields[fieldName(weekday, row, answer.which)] = [answer.sentence]
      else if (answer.hours) {
        const { hours } = answer
        const clash = rules.some(
          (rule) =>
            rule.weekday === weekday &&
            rule.fromMinute < hours.untilMinute &&
            hours.fromMinute < rule.untilMinute,
        )
        if (clash)
          fields[fieldName(weekday, row, 'from')] = [
            'These hours overlap with the others of that day. Make them one, or change one.',
          ]
        else rules.push({ weekday, ...hours })
      }
    }
  if (Object.keys(fields).length > 0) throw invalid(fields)
  if (rules.length === 0)
    throw invalid({ [fieldName(1, 1, 'from')]: ['Enter the hours of one day at least.'] })
  return rules
}

/**
 * Adds a day that differs: closed, or open at other hours. A second one for the same day adds hours to it; closing it
 * takes its hours away.
 * @throws DomainError INVALID; TOO_MANY above 400 days
 */
export async function addException(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  input: unknown,
): Promise<void> {
  await requireKeeper(deps, actor, serviceId)
  const given = parseInput(exceptionSchema, input)
  const now = deps.clock.now()
  const day = Temporal.PlainDate.from(given.day)
  const ahead = londonDate(now).until(day, { largestUnit: 'days' }).days
  if (ahead < 0) throw invalid({ day: ['This day is over. Enter a day from today on.'] })
  if (ahead > MOST_DAYS_AHEAD)
    throw invalid({ day: ['This day is more than two years away. Check the year.'] })
  const hours = given.closed === 'yes' ? null : exceptionHours(given.from, given.until)
  await deps.db.tx(async (tx) => {
    await hold(tx, serviceId)
    const ofDay = await tx.availabilityException.findMany({ where: { serviceId, day: dateColumn(day) } })
    if ((await tx.availabilityException.count({ where: { serviceId } })) >= MOST_EXCEPTIONS)
      throw new DomainError('TOO_MANY', 'There are 400 days that differ already. Take old ones away first.')
    const replaced = ofDay
      .filter((exception) => exception.closed || hours === null)
      .map((exception) => exception.id)
    await tx.availabilityException.deleteMany({ where: { id: { in: replaced } } })
    const overlaps = ofDay.some(
      ({ closed, fromMinute, untilMinute }) =>
        !closed &&
        hours &&
        fromMinute !== null &&
        untilMinute !== null &&
        fromMinute < hours.untilMinute &&
        hours.fromMinute < untilMinute,
    )
    if (overlaps) throw invalid({ from: ['These hours overlap with others of that day.'] })
    await tx.availabilityException.create({
      data: {
        id: newId(),
        serviceId,
        day: dateColumn(day),
        closed: hours === null,
        fromMinute: hours?.fromMinute ?? null,
        untilMinute: hours?.untilMinute ?? null,
        note: given.note ?? '',
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'hours.day_differs',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { day: day.toString(), closed: hours === null },
    })
    await indexServices(tx, now, [serviceId])
  })
}

function exceptionHours(from: string, until: string): Hours {
  const answer = readHours(from, until)
  if (!answer.ok) throw invalid({ [answer.which]: [answer.sentence] })
  if (!answer.hours) throw invalid({ from: ['Enter from when to when you are open on that day.'] })
  return answer.hours
}

/** Takes a day that differs away again; the week's hours hold on it. One that is gone already changes nothing. */
export async function removeException(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  exceptionId: string,
): Promise<void> {
  await requireKeeper(deps, actor, serviceId)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const gone = await tx.availabilityException.deleteMany({ where: { id: exceptionId, serviceId } })
    if (gone.count === 0) return
    await recordAudit(tx, now, actor, {
      action: 'hours.day_as_usual',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
    })
    await indexServices(tx, now, [serviceId])
  })
}
