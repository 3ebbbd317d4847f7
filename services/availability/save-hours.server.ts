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
import { NEW_PERIOD, type Period, USUAL, periodKey, periodsOf } from './hours-words.ts'
import {
  type Hours,
  ROWS,
  WEEKDAYS,
  exceptionSchema,
  fieldName,
  periodSchema,
  readHours,
} from './hours.schema.ts'

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
 * Replaces the usual weekly hours of a service, or those that hold between two days; the others stay as they are. They
 * hold at once, also for a published one; what is booked already stays.
 * @param input values by field name (`fieldName`), as the form sends them; `period` (usual, new, or a key), and for hours
 *   that hold for a time `validFrom` and `validUntil`, ISO, of which one may be empty
 * @throws DomainError INVALID with sentences by field: times that do not exist or overlap, days that do not exist, are over
 *   or meet other hours with dates; STALE_STATE when these hours are gone
 */
export async function saveHours(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  await requireKeeper(deps, actor, serviceId)
  const now = deps.clock.now()
  const { period, ...dates } = readPeriod(input, londonDate(now))
  const rules = readWeek(input)
  await deps.db.tx(async (tx) => {
    await hold(tx, serviceId)
    const before = periodsOf(await tx.availabilityRule.findMany({ where: { serviceId } }))
    const replaced = before.find((one) => one.key === period)
    if (!replaced && period !== USUAL && period !== NEW_PERIOD) throw gone()
    refuseMeeting(
      dates,
      before.filter((one) => one.key !== period && one.key !== USUAL),
    )
    if (replaced)
      await tx.availabilityRule.deleteMany({ where: { id: { in: replaced.rules.map(({ id }) => id) } } })
    const columns = {
      validFrom: dates.validFrom && dateColumn(dates.validFrom),
      validUntil: dates.validUntil && dateColumn(dates.validUntil),
    }
    await tx.availabilityRule.createMany({
      data: rules.map((rule) => ({ id: newId(), serviceId, ...rule, ...columns })),
    })
    await recordAudit(tx, now, actor, {
      action: 'hours.saved',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { rules: rules.length, period: periodKey(columns) },
    })
    await indexServices(tx, now, [serviceId])
  })
}

/** Takes hours that hold for a time away: the usual ones hold instead. Gone already: nothing changes. */
export async function removeHours(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  period: string,
): Promise<void> {
  await requireKeeper(deps, actor, serviceId)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await hold(tx, serviceId)
    const found = periodsOf(await tx.availabilityRule.findMany({ where: { serviceId } })).find(
      (one) => one.key === period && one.key !== USUAL,
    )
    if (!found) return
    await tx.availabilityRule.deleteMany({ where: { id: { in: found.rules.map(({ id }) => id) } } })
    await recordAudit(tx, now, actor, {
      action: 'hours.removed',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { period },
    })
    await indexServices(tx, now, [serviceId])
  })
}

const gone = (): DomainError =>
  new DomainError('STALE_STATE', 'These hours were changed meanwhile. Look at them again; nothing was saved.')

interface Dates {
  validFrom: Temporal.PlainDate | null
  validUntil: Temporal.PlainDate | null
}

function readPeriod(
  input: Readonly<Record<string, unknown>>,
  today: Temporal.PlainDate,
): Dates & { period: string } {
  const given = parseInput(periodSchema, input)
  if (given.period === USUAL) return { period: USUAL, validFrom: null, validUntil: null }
  const { validFrom, validUntil } = given
  if (!validFrom && !validUntil)
    throw invalid({ validFrom: ['Enter the first day on which these hours hold.'] })
  if (validUntil && Temporal.PlainDate.compare(validUntil, today) < 0)
    throw invalid({ validUntil: ['This day is over. Enter a last day from today on.'] })
  for (const [field, day] of Object.entries({ validFrom, validUntil }))
    if (day && today.until(day, { largestUnit: 'days' }).days > MOST_DAYS_AHEAD)
      throw invalid({ [field]: ['This day is more than two years away. Check the year.'] })
  if (validFrom && validUntil && Temporal.PlainDate.compare(validUntil, validFrom) < 0)
    throw invalid({ validUntil: ['The last day is before the first. Change one of them.'] })
  return given
}

/** On no day hold two sets of hours with dates: nobody could tell which. */
function refuseMeeting(dates: Dates, others: readonly Period[]): void {
  if (!dates.validFrom && !dates.validUntil) return
  const from = dates.validFrom ? dateColumn(dates.validFrom).getTime() : -Infinity
  const until = dates.validUntil ? dateColumn(dates.validUntil).getTime() : Infinity
  const meets = others.find(
    (one) =>
      (one.validFrom?.getTime() ?? -Infinity) <= until && (one.validUntil?.getTime() ?? Infinity) >= from,
  )
  if (meets)
    throw invalid({
      validFrom: [`You have other hours for a part of this time: ${lower(meets.words)}. Change one of them.`],
    })
}
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

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
