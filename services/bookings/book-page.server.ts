import { type WeeklyRule, openRanges } from '#services/availability/hours.rules.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import {
  type Temporal,
  clockTime,
  dayName,
  duration,
  inLondon,
  plainDateOf,
  shortDate,
} from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { OFF_REGISTER_WORDS } from '#services/providers/registration-words.ts'
import { choicesSchema } from './draft.schema.ts'
import { priceWords } from './price-words.rules.ts'
import { termsOf } from './terms.schema.ts'

const MOST_LENGTHS = 48
const OFF_REGISTER = 'select is_off_register($1, $2) as off'

/** Everything the first page of booking shows: what is asked for, when it can be, and what was chosen before. */
export interface BookPage {
  slug: string
  title: string
  provider: { id: string; name: string; kind: string; phone: string | null }
  person: { id: string; shortName: string; self: boolean }
  draftId: string | null
  /** Total for one unit first, then each line. */
  price: ReturnType<typeof priceWords>
  /** 'Monday to Friday, 7am to 10pm' by day. */
  hours: { day: string; times: string }[]
  notice: string
  cancelling: string
  contingency: string
  lengths: { value: string; label: string }[]
  lengthFixed: boolean
  defaults: {
    date: string
    time: string
    minutes: string
    repeat: 'once' | 'weekly'
    weeks: string
    note: string
  }
  earliest: string
}

/**
 * @param draftId a draft to change; ignored when it is not this person's
 * @throws NOT_FOUND for a service that is not published; SIGN_IN; FORBIDDEN for a supporter without the scope `book`
 */
export async function bookPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  slug: string,
  draftId: string | null,
): Promise<BookPage> {
  const { prisma } = deps.db
  const service = await prisma.service.findFirst({
    where: { slug, state: 'published' },
    include: {
      currentVersion: { include: { prices: true } },
      provider: true,
      rules: { orderBy: [{ weekday: 'asc' }, { fromMinute: 'asc' }] },
    },
  })
  const version = service?.currentVersion
  if (!service || !version) throw notFound()
  const personId = bookingFor(actor)
  requireScope(actor, personId, 'book')
  if (!service.acceptsNew || service.provider.pausedAt)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'This provider is not taking new bookings just now. You can look for others who are.',
    )
  const [off] = await deps.db.query<{ off: boolean }>('bookings.off_register', OFF_REGISTER, [
    service.id,
    version.id,
  ])
  if (off?.off) throw new DomainError('REFUSED_BY_RULE', OFF_REGISTER_WORDS)
  const [person, draft] = await Promise.all([
    prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    draftId && isId(draftId)
      ? prisma.booking.findFirst({ where: { id: draftId, personId, serviceId: service.id, state: 'draft' } })
      : null,
  ])
  const terms = termsOf(version)
  const choices = draft ? choicesSchema.parse(draft.choices) : null
  const now = deps.clock.now()
  const earliest = firstOpen(
    service.rules,
    inLondon(now.add({ hours: terms.noticeHours })).round({
      smallestUnit: 'minute',
      roundingIncrement: 15,
      roundingMode: 'ceil',
    }),
  )
  const fixed = version.unit !== 'hour' || version.minMinutes === version.maxMinutes
  const lengths: BookPage['lengths'] = []
  for (
    let minutes = version.minMinutes;
    minutes <= (fixed ? version.minMinutes : version.maxMinutes) && lengths.length < MOST_LENGTHS;
    minutes += version.stepMinutes
  )
    lengths.push({ value: String(minutes), label: duration(minutes) })
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
    draftId: draft?.id ?? null,
    price: priceWords(terms),
    hours: weekOf(service.rules, earliest.toPlainDate()),
    notice:
      terms.noticeHours >= 48
        ? `${String(Math.round(terms.noticeHours / 24))} days`
        : `${String(terms.noticeHours)} hours`,
    cancelling: cancelWords(terms),
    contingency: terms.contingency,
    lengths,
    lengthFixed: fixed,
    defaults: {
      date: choices?.firstDate ?? '',
      time: choices?.time ?? '',
      minutes: String(
        choices?.minutes ??
          Math.max(
            version.minMinutes,
            version.minMinutes <= 60 && version.maxMinutes >= 60 ? 60 : version.minMinutes,
          ),
      ),
      repeat: choices && choices.visits > 1 ? 'weekly' : 'once',
      weeks: String(choices && choices.visits > 1 ? choices.visits : 4),
      note: draft?.note ?? '',
    },
    earliest: `${shortDate(earliest.toPlainDate())}, ${clockTime(earliest.toPlainTime())}`,
  }
}

/** A signed-in user without a budget who acts for nobody is told what would help, instead of a blank refusal. */
function bookingFor(actor: Actor): string {
  if (actor.kind === 'user' && !actor.personId && !actor.actingFor)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'You are signed in, but not as somebody with a budget. If you help somebody, choose first for whom you do this. Anybody may also ring the provider.',
    )
  return personInView(actor)
}

interface RuleRow {
  weekday: number
  fromMinute: number
  untilMinute: number
  validFrom: Date | null
  validUntil: Date | null
}
const weeklyOf = (rules: readonly RuleRow[]): WeeklyRule[] =>
  rules.map((rule) => ({
    ...rule,
    validFrom: rule.validFrom ? plainDateOf(rule.validFrom).toString() : null,
    validUntil: rule.validUntil ? plainDateOf(rule.validUntil).toString() : null,
  }))

/** The first moment from one on at which they are open; that moment itself when two weeks do not show one. */
function firstOpen(rules: readonly RuleRow[], from: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const weekly = weeklyOf(rules)
  // A night that began the day before may still be open.
  for (let offset = -1; offset < 14; offset += 1)
    for (const range of openRanges(weekly, [], from.toPlainDate().add({ days: offset })))
      if (range.until.epochMilliseconds > from.epochMilliseconds)
        return range.from.epochMilliseconds > from.epochMilliseconds ? inLondon(range.from) : from
  return from
}

/** Hours of a typical week from a day on, in words, one row a day that is open. */
function weekOf(rules: readonly RuleRow[], from: Temporal.PlainDate): { day: string; times: string }[] {
  const weekly = weeklyOf(rules)
  const monday = from.subtract({ days: from.dayOfWeek - 1 })
  const days = [0, 1, 2, 3, 4, 5, 6].map((offset) => {
    const day = monday.add({ days: offset })
    const times = openRanges(weekly, [], day).map(
      (range) =>
        `${clockTime(inLondon(range.from).toPlainTime())} to ${clockTime(inLondon(range.until).toPlainTime())}`,
    )
    return { name: dayName(day.dayOfWeek), times: times.join(' and ') }
  })
  // Days next to each other with the same hours are one row: 'Monday to Friday'.
  const rows: { first: string; last: string; times: string }[] = []
  for (const { name, times } of days) {
    const before = rows.at(-1)
    if (before?.times === times) before.last = name
    else rows.push({ first: name, last: name, times })
  }
  return rows
    .filter((row) => row.times !== '')
    .map((row) => ({
      day: row.first === row.last ? row.first : `${row.first} to ${row.last}`,
      times: row.times,
    }))
}

/** 'You can cancel each visit free until 24 hours before. After that half the price is owed.' */
export function cancelWords(terms: { cancelWindowHours: number; cancelShareBps: number }): string {
  if (terms.cancelShareBps === 0) return 'You can cancel each visit free at any time before it starts.'
  const hours = terms.cancelWindowHours
  const until =
    hours === 0
      ? 'it starts'
      : hours % 24 === 0 && hours > 24
        ? `${String(hours / 24)} days before`
        : `${String(hours)} hours before`
  const owed =
    terms.cancelShareBps === 10_000
      ? 'all of the price'
      : terms.cancelShareBps === 5000
        ? 'half the price'
        : `${String(terms.cancelShareBps / 100)} in every 100 pounds of the price`
  return `You can cancel each visit free until ${until}. After that ${owed} is owed.`
}
