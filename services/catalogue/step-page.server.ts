import { AUDIENCES, audienceName } from '#services/discovery/vocabulary.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { type PersonalCareAnswer, categoryOf } from './categories.ts'
import { ACCESS } from './access.ts'
import { EXTRA_ROWS } from './listing.schema.ts'
import { type Reach, STEP_NAMES, type Step, reachOf, stepsFor } from './steps.ts'
import { type Version, isWaiting, versionInclude } from './versions.server.ts'

export type StepValues = Record<string, string | string[]>

export interface StepPage {
  service: { id: string; title: string; waiting: boolean }
  provider: { id: string; name: string; kind: string }
  step: Step
  name: string
  /** 'Question 3 of 8' and the step after it; null after the last. */
  number: number
  count: number
  next: Step | null
  values: StepValues
  category: { name: string; personalCare: PersonalCareAnswer }
  reach: Reach
  setting: string
  places: { id: string; words: string }[]
  /** The provider's own registration, to be offered. */
  ownRegistration: string | null
  audiences: { value: string; label: string }[]
  accessibility: { value: string; label: string }[]
}

/**
 * One step of a listing with what was answered so far.
 * @throws DomainError SIGN_IN; NOT_FOUND for strangers and for a step that this listing does not have; FORBIDDEN for workers
 */
export async function stepPage(deps: Deps, actor: Actor, serviceId: string, step: Step): Promise<StepPage> {
  const service = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: {
      id: true,
      providerId: true,
      placeId: true,
      submittedAt: true,
      provider: {
        select: {
          id: true,
          name: true,
          kind: true,
          cqcProviderId: true,
          checks: {
            where: { kind: 'cqc_registration', state: { in: ['verified', 'evidence_given'] } },
            select: { reference: true },
            orderBy: { createdAt: 'asc' },
            take: 1,
          },
          places: {
            select: { id: true, name: true, town: true, postcode: true },
            orderBy: { name: 'asc' },
            take: 100,
          },
        },
      },
      versions: { orderBy: { number: 'desc' }, take: 1, include: versionInclude },
    },
  })
  const version = service?.versions[0]
  if (!service || !version) throw notFound()
  requireMember(actor, service.providerId, 'edit_listing')
  const steps = stepsFor(version)
  const at = steps.indexOf(step)
  if (at < 0) throw notFound()
  const { provider } = service
  const category = categoryOf(version.categoryCode)
  return {
    service: { id: service.id, title: version.title, waiting: isWaiting(service.submittedAt, version) },
    provider: { id: provider.id, name: provider.name, kind: provider.kind },
    step,
    name: STEP_NAMES[step],
    number: at + 1,
    count: steps.length,
    next: steps[at + 1] ?? null,
    values: valuesOf(step, version, service.placeId),
    category: { name: category.name, personalCare: category.personalCare },
    reach: reachOf(version.setting),
    setting: version.setting,
    places: provider.places.map((place) => ({
      id: place.id,
      words: [place.name, place.town, place.postcode].filter(Boolean).join(', '),
    })),
    ownRegistration: provider.cqcProviderId ?? provider.checks[0]?.reference ?? null,
    audiences: AUDIENCES.map(([value]) => ({ value, label: audienceName(value) })),
    accessibility: ACCESS.map(([value, label]) => ({ value, label })),
  }
}

const poundsOf = (pence: number): string => (pence / 100).toFixed(2)
const percentOf = (bps: number): string => String(bps / 100)

/** What the boxes show, as somebody would have typed it; nothing for a step that was not answered yet. */
function valuesOf(step: Step, version: Version, placeId: string | null): StepValues {
  const answered = version.frozenAt !== null || version.answered.includes(step)
  switch (step) {
    case 'what': {
      const { title, summary, description, categoryCode, setting, fundedBy } = version
      return { title, summary, description, categoryCode, setting, fundedBy }
    }
    case 'who':
      return {
        audiences: version.audiences,
        minAge: version.minAge?.toString() ?? '',
        maxAge: version.maxAge?.toString() ?? '',
        languages: version.languages.join(', '),
        accessibility: version.accessibility,
        workers: version.workers,
      }
    case 'care':
      return {
        ...(answered ? { personalCare: version.personalCare ? 'yes' : 'no' } : {}),
        regulation: version.regulation === 'not_regulated' ? (answered ? 'none' : '') : version.regulation,
        registrationId: version.registrationId ?? '',
        exemptionReason: version.exemptionReason ?? '',
      }
    case 'area':
      return {
        near: version.areaLabel ?? '',
        miles: version.radiusMetres ? String(Math.round(version.radiusMetres / METRES_IN_A_MILE)) : '',
        placeId: version.placeId ?? placeId ?? '',
      }
    case 'price':
      return answered
        ? priceValues(version)
        : { unit: 'hour', chargingBasis: 'booked_time', roundingMinutes: '15', toleranceMinutes: '5' }
    case 'times':
      return {
        minMinutes: String(version.minMinutes),
        maxMinutes: String(version.maxMinutes),
        stepMinutes: String(version.stepMinutes),
        bufferMinutes: String(version.bufferMinutes),
        noticeHours: String(version.noticeHours),
      }
    case 'terms':
      return {
        cancelWindowHours: String(version.cancelWindowHours),
        cancelShare: percentOf(version.cancelShareBps),
        noAnswerShare: percentOf(version.noAnswerShareBps),
        endNoticeDays: String(version.endNoticeDays),
        contingency: version.contingency,
      }
    case 'hours':
      return {}
  }
}

function priceValues(version: Version): StepValues {
  const line = (kind: string) => version.prices.find((price) => price.kind === kind)
  const extras = version.prices.filter((price) => price.kind === 'extra')
  const values: StepValues = {
    unit: version.unit,
    base: poundsOf(line('base')?.pence ?? 0),
    weekend: percentOf(line('weekend')?.upliftBps ?? 0),
    bankHoliday: percentOf(line('bank_holiday')?.upliftBps ?? 0),
    evening: percentOf(line('evening')?.upliftBps ?? 0),
    travel: line('travel') ? poundsOf(line('travel')?.pence ?? 0) : '',
    chargingBasis: version.chargingBasis,
    roundingMinutes: String(version.roundingMinutes),
    toleranceMinutes: String(version.toleranceMinutes),
  }
  EXTRA_ROWS.forEach((n, index) => {
    const extra = extras[index]
    values[`extraLabel${String(n)}`] = extra?.label ?? ''
    values[`extraPrice${String(n)}`] = extra ? poundsOf(extra.pence) : ''
  })
  return values
}
