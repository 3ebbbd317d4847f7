import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { dateColumn, londonDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { NEW_PERIOD, USUAL, exceptionWords, hoursWords, isOver, periodsOf, weekWords } from './hours-words.ts'
import { ROWS, WEEKDAYS, clockText, fieldName } from './hours.schema.ts'

export interface ServiceHours {
  service: { id: string; title: string; state: string; provider: { id: string; name: string } }
  /** Values by field name, as the boxes show them. */
  values: Record<string, string>
  week: string[]
  /** The hours that are shown to be changed, and the dates between which they hold (ISO, '' for none). */
  period: { key: string; words: string; from: string; until: string }
  /** All hours that hold some time from today on; the usual ones first. */
  periods: { key: string; words: string; week: string[] }[]
  exceptions: { id: string; day: string; words: string; note: string }[]
  mayEdit: boolean
}

/**
 * The hours of one service, to be read and changed.
 * @param wanted which of its hours: the key of a period, 'new', or null for the usual ones
 * @throws DomainError SIGN_IN; NOT_FOUND for strangers, and for hours that are not there
 */
export async function serviceHoursPage(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  wanted: string | null = null,
): Promise<ServiceHours> {
  const service = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: {
      id: true,
      state: true,
      providerId: true,
      provider: { select: { id: true, name: true } },
      versions: { orderBy: { number: 'desc' }, take: 1, select: { title: true } },
      rules: { orderBy: [{ weekday: 'asc' }, { fromMinute: 'asc' }], take: 100 },
      exceptions: {
        where: { day: { gte: dateColumn(londonDate(deps.clock.now())) } },
        orderBy: [{ day: 'asc' }, { fromMinute: 'asc' }],
        take: 400,
      },
    },
  })
  if (!service) throw notFound()
  const role = requireMember(actor, service.providerId, 'see')
  const today = londonDate(deps.clock.now())
  const periods = periodsOf(service.rules)
  const key = wanted ?? USUAL
  const shown = periods.find((period) => period.key === key)
  if (!shown && key !== USUAL && key !== NEW_PERIOD) throw notFound()
  const day = (date: Date | null | undefined): string => (date ? plainDateOf(date).toString() : '')
  const values: Record<string, string> = {}
  for (const weekday of WEEKDAYS) {
    const ofDay = (shown?.rules ?? []).filter((rule) => rule.weekday === weekday)
    for (const row of ROWS) {
      const rule = ofDay[row - 1]
      if (!rule) continue
      values[fieldName(weekday, row, 'from')] = clockText(rule.fromMinute)
      values[fieldName(weekday, row, 'until')] = clockText(rule.untilMinute)
    }
  }
  return {
    service: {
      id: service.id,
      title: service.versions[0]?.title ?? 'A listing',
      state: service.state,
      provider: service.provider,
    },
    values,
    week: hoursWords(service.rules, today),
    period: {
      key,
      words: shown?.words ?? (key === NEW_PERIOD ? 'For a time of the year' : 'All year'),
      from: day(shown?.validFrom),
      until: day(shown?.validUntil),
    },
    periods: periods
      .filter((period) => !isOver(period, today))
      .map((period) => ({ key: period.key, words: period.words, week: weekWords(period.rules) })),
    exceptions: service.exceptions.map((exception) => ({
      id: exception.id,
      note: exception.note,
      ...exceptionWords(exception),
    })),
    mayEdit: memberMay(role, 'edit_hours'),
  }
}

export interface HoursPage {
  provider: { id: string; name: string }
  services: { id: string; title: string; state: string; week: string[]; different: number }[]
}

/** All of a provider's services with their weeks. @throws DomainError SIGN_IN; NOT_FOUND for strangers */
export async function hoursPage(deps: Deps, actor: Actor, wanted: string | null): Promise<HoursPage> {
  const { providerId } = providerInView(actor, wanted)
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: {
      id: true,
      name: true,
      services: {
        orderBy: { createdAt: 'asc' },
        take: 200,
        select: {
          id: true,
          state: true,
          versions: { orderBy: { number: 'desc' }, take: 1, select: { title: true } },
          rules: { take: 100 },
          _count: {
            select: { exceptions: { where: { day: { gte: dateColumn(londonDate(deps.clock.now())) } } } },
          },
        },
      },
    },
  })
  return {
    provider: { id: provider.id, name: provider.name },
    services: provider.services.map((service) => ({
      id: service.id,
      title: service.versions[0]?.title ?? 'A listing',
      state: service.state,
      week: hoursWords(service.rules, londonDate(deps.clock.now())),
      different: service._count.exceptions,
    })),
  }
}
