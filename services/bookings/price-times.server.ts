import { isOffered } from '#services/availability/hours.rules.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Pence, total } from '#services/kernel/money.ts'
import { Temporal, longDate, plainDateOf, plusMinutes } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Choices, ChosenTimes } from './draft.schema.ts'
import { freeAt } from './lanes.server.ts'
import { quoteVisit } from './quote.rules.ts'
import { occurrences } from './recurrence.rules.ts'
import { choicesOf, readTimes } from './start-draft.server.ts'
import { termsOf } from './terms.schema.ts'

export interface PricedTimes {
  providerId: string
  versionId: string
  choices: Choices
  /** Of each visit, in order. */
  prices: Pence[]
  total: Pence
}

/** Named one by one; more are counted. */
const NAMED = 3

/**
 * Days and times that a provider could offer of one of its services, at that service's own prices: for nobody in
 * particular yet, so nothing is asked, reserved or set aside. Every date is checked as asking would check it, because an
 * offer that could not be taken helps nobody.
 * @throws NOT_FOUND for a service that is not published; REFUSED_BY_RULE when it takes no new bookings; INVALID beside a
 *   field: as `readTimes`, and beside the date for dates that could not be kept
 */
export async function priceTimes(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: { serviceId: string; times: Omit<ChosenTimes, 'personId' | 'note'> },
): Promise<PricedTimes> {
  const now = deps.clock.now()
  const { prisma } = deps.db
  const service = await prisma.service.findFirst({
    where: { id: input.serviceId, state: 'published' },
    select: {
      providerId: true,
      acceptsNew: true,
      provider: { select: { pausedAt: true } },
      currentVersion: { include: { prices: true } },
      rules: { take: 200 },
      exceptions: {
        where: { day: { gte: new Date(now.subtract({ hours: 48 }).epochMilliseconds) } },
        take: 800,
      },
    },
  })
  const version = service?.currentVersion
  if (!service || !version) throw notFound()
  if (!service.acceptsNew || service.provider.pausedAt)
    throw new DomainError('REFUSED_BY_RULE', 'This support takes no new bookings just now.')
  const terms = termsOf(version)
  const choices = choicesOf(readTimes({ ...input.times, personId: '', note: '' }, version, now))
  const free = await freeAt(prisma, input.serviceId, terms.bufferMinutes, choices.slots)
  const iso = (date: Date | null): string | null => (date ? plainDateOf(date).toString() : null)
  const weekly = service.rules.map((rule) => ({
    ...rule,
    validFrom: iso(rule.validFrom),
    validUntil: iso(rule.validUntil),
  }))
  const exceptions = service.exceptions.map((one) => ({ ...one, day: plainDateOf(one.day).toString() }))
  const earliest = plusMinutes(now, terms.noticeHours * 60)
  const refused: string[] = []
  const prices: Pence[] = []
  let slot = 0
  for (const { date, when } of occurrences(choices)) {
    const why = !when
      ? 'the clocks change over this time'
      : Temporal.Instant.compare(when.startsAt, earliest) < 0
        ? 'this is sooner than the notice in your listing'
        : !isOffered(weekly, exceptions, when.startsAt, when.endsAt)
          ? 'your hours for this support do not cover it'
          : free[slot] === false
            ? 'nobody in your team is free then'
            : null
    if (when) slot += 1
    if (why) refused.push(`${longDate(Temporal.PlainDate.from(date), { year: false })}: ${why}.`)
    else if (when) prices.push(quoteVisit(terms, when.startsAt, choices.minutes).total)
  }
  if (refused.length > 0) {
    const more =
      refused.length > NAMED ? ` ${String(refused.length - NAMED)} more dates do not work either.` : ''
    const sentence = `Choose other times. ${refused.slice(0, NAMED).join(' ')}${more}`
    throw new DomainError('INVALID', sentence, { fields: { date: [sentence] } })
  }
  return { providerId: service.providerId, versionId: version.id, choices, prices, total: total(prices) }
}
