import { requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId, shortReference } from '#services/kernel/ids.ts'
import { Temporal, clockTime, isoText, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Choices, type ChosenTimes, choicesSchema } from './draft.schema.ts'
import { type Recurrence, occurrences } from './recurrence.rules.ts'
import { type VersionRow, termsOf } from './terms.schema.ts'

/** The slots of a rule, without those that cannot be: the page says which and why. */
export function choicesOf(rule: Recurrence): Choices {
  return choicesSchema.parse({
    ...rule,
    slots: occurrences(rule).flatMap(({ when }) =>
      when ? [{ startsAt: isoText(when.startsAt), endsAt: isoText(when.endsAt) }] : [],
    ),
  })
}

/**
 * What was typed, as a rule of dates.
 * @throws INVALID with a sentence beside the field: a date that does not exist, in the past, a length they do not offer, a
 *   time that the clocks skip or repeat.
 */
export function readTimes(
  input: ChosenTimes,
  terms: Pick<VersionRow, 'minMinutes' | 'maxMinutes' | 'stepMinutes'>,
  now: Temporal.Instant,
): Recurrence {
  const refuse = (field: string, sentence: string): never => {
    throw new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })
  }
  const first = Temporal.PlainDate.from(input.date)
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate()
  if (Temporal.PlainDate.compare(first, today) < 0)
    refuse('date', 'This date has passed. Enter a date from today on.')
  if (Temporal.PlainDate.compare(first, today.add({ years: 1 })) > 0)
    refuse('date', 'Enter a date within the next year.')
  if (
    input.minutes < terms.minMinutes ||
    input.minutes > terms.maxMinutes ||
    (input.minutes - terms.minMinutes) % terms.stepMinutes !== 0
  )
    refuse(
      'minutes',
      `Choose a length they offer: from ${String(terms.minMinutes)} to ${String(terms.maxMinutes)} minutes, in steps of ${String(terms.stepMinutes)}.`,
    )
  const rule: Recurrence = {
    firstDate: first.toString(),
    time: input.time,
    minutes: input.minutes,
    visits: input.repeat === 'weekly' ? input.weeks : 1,
    without: [],
  }
  const at = clockTime(Temporal.PlainTime.from(input.time))
  const only = rule.visits === 1 ? occurrences(rule)[0] : undefined
  if (only?.problem === 'skipped')
    refuse('time', `The clocks go forward that night and ${at} does not happen. Choose another time.`)
  if (only?.problem === 'repeated')
    refuse('time', `The clocks go back that night and ${at} comes twice. Choose another time.`)
  return rule
}

/**
 * Begins a booking, or changes one that is still a draft. Nothing is asked and no money is set aside.
 *
 * @throws NOT_FOUND for a service that is not published or a draft that is not theirs; FORBIDDEN without the scope `book`;
 *   INVALID beside a field.
 */
export async function startDraft(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { slug: string; draftId?: string | null; times: ChosenTimes },
): Promise<{ bookingId: string }> {
  const { personId } = input.times
  requireScope(actor, personId, 'book')
  const now = deps.clock.now()
  const service = await deps.db.prisma.service.findFirst({
    where: { slug: input.slug, state: 'published' },
    include: {
      currentVersion: { include: { prices: true } },
      place: true,
      provider: { select: { pausedAt: true } },
    },
  })
  const version = service?.currentVersion
  if (!service || !version) throw notFound()
  if (!service.acceptsNew || service.provider.pausedAt)
    throw new DomainError('REFUSED_BY_RULE', 'This provider is not taking new bookings just now.')
  const person = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { shortName: true },
  })
  const choices = choicesOf(readTimes(input.times, version, now))
  const trace = traceOf(actor)
  const place =
    version.setting === 'at_home' || version.setting === 'live_in'
      ? `${person.shortName}’s home`
      : version.setting === 'online'
        ? 'Online or by telephone'
        : (service.place?.name ?? 'To be agreed with the provider')
  const kept = {
    serviceVersionId: version.id,
    categoryCode: version.categoryCode,
    terms: termsOf(version),
    choices,
    note: input.times.note,
    place,
    updatedAt: toDate(now),
  }
  if (input.draftId) {
    const changed = await deps.db.prisma.booking.updateMany({
      where: { id: input.draftId, personId, serviceId: service.id, state: 'draft' },
      data: kept,
    })
    if (changed.count === 1) return { bookingId: input.draftId }
  }
  const id = newId()
  await deps.db.prisma.booking.create({
    data: {
      id,
      reference: shortReference(id),
      personId,
      providerId: service.providerId,
      serviceId: service.id,
      createdById: trace.actorUserId,
      authorityId: trace.authorityId,
      createdAt: toDate(now),
      ...kept,
    },
    select: { id: true },
  })
  return { bookingId: id }
}

/** Leaves out some dates of a draft's series, or takes them back in: "commit all or the subset shown". */
export async function leaveOutDates(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { bookingId: string; personId: string; without: readonly string[] },
): Promise<void> {
  requireScope(actor, input.personId, 'book')
  const draft = await deps.db.prisma.booking.findFirst({
    where: { id: input.bookingId, personId: input.personId, state: 'draft' },
  })
  if (!draft) throw notFound()
  const before = choicesSchema.parse(draft.choices)
  const choices = choicesOf({ ...before, without: [...new Set(input.without)] })
  if (occurrences(choices).length === 0)
    throw new DomainError('INVALID', 'Keep at least one date.', {
      fields: { keep: ['Keep at least one date.'] },
    })
  await deps.db.prisma.booking.update({
    where: { id: draft.id },
    data: { choices, updatedAt: toDate(deps.clock.now()) },
    select: { id: true },
  })
}

/**
 * Puts the funds in the person's own order; an empty list goes back to ours. Own money pays only when it is in the list.
 * Funds that are not theirs are ignored.
 */
export async function orderFunds(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { bookingId: string; personId: string; allocationIds: readonly string[] },
): Promise<void> {
  requireScope(actor, input.personId, 'book')
  const theirs = await deps.db.prisma.allocation.findMany({
    where: { personId: input.personId, id: { in: [...input.allocationIds] } },
    select: { id: true },
  })
  const known = new Set(theirs.map((allocation) => allocation.id))
  const moved = await deps.db.prisma.booking.updateMany({
    where: { id: input.bookingId, personId: input.personId, state: 'draft' },
    data: {
      fundOrder: [...new Set(input.allocationIds)].filter((id) => known.has(id)),
      updatedAt: toDate(deps.clock.now()),
    },
  })
  if (moved.count !== 1) throw notFound()
}
