import { exceptionWords, weekWords } from '#services/availability/hours-words.ts'
import { unitTotal } from '#services/bookings/quote.rules.ts'
import { audienceName, categoryName, settingName } from '#services/discovery/vocabulary.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { dateColumn, fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, requireMember } from '#services/providers/providers.policy.ts'
import { isAbout } from '#services/vetting/ask-check.server.ts'
import { type CheckFact, readChecks } from '#services/vetting/read-checks.server.ts'
import { type CategoryCode, categoryOf } from './categories.ts'
import { HINDRANCE_WORDS, type Change, changeBetween, hindrancesTo, missingFrom } from './listing.rules.ts'
import { PRESSES, type Press, mayPress } from './presses.rules.ts'
import { type ListingStanding, standingOfListing } from './states.rules.ts'
import { STEP_NAMES, type Step, stepsFor } from './steps.ts'
import { claimOf } from './submit-listing.server.ts'
import { type Version, sameWords, versionInclude } from './versions.server.ts'
import { FUNDED_WORDS, hoursWords, lengthWords, perUnit, priceWords, shareWords } from './words.ts'

export interface Answers {
  step: Step
  name: string
  /** Whether it was answered; what is missing says why in `missing`. */
  done: boolean
  missing: string | null
  rows: { term: string; value: string }[]
}

export interface ListingPage {
  service: { id: string; slug: string; state: string; acceptsNew: boolean; waiting: boolean; confirmed: string }
  provider: { id: string; name: string; slug: string; kind: string }
  title: string
  summary: string
  description: string
  category: string
  setting: string
  area: string
  audiences: string[]
  languages: string[]
  accessibility: string[]
  price: { total: number; per: string } | null
  regulation: string
  standing: ListingStanding
  answers: Answers[]
  missing: { step: Step; sentence: string }[]
  /** What has to be checked before it can be published; sentences. */
  hindrances: string[]
  /** Why somebody did not accept a claim that this version makes. */
  refused: { name: string; reason: string }[]
  hasDraft: boolean
  change: Change | null
  mayEdit: boolean
  presses: Press[]
}

/** A listing as its provider writes it: every answer, what is missing, what hinders it. @throws SIGN_IN; NOT_FOUND for strangers */
export async function listingPage(deps: Deps, actor: Actor, serviceId: string): Promise<ListingPage> {
  const db = deps.db.prisma
  const today = londonDate(deps.clock.now())
  const service = await db.service.findUnique({
    where: { id: serviceId },
    include: {
      provider: { select: { id: true, name: true, slug: true, kind: true, claimed: true, pausedAt: true } },
      versions: { orderBy: { number: 'desc' }, take: 1, include: { ...versionInclude, place: true } },
      currentVersion: { include: versionInclude },
      rules: { take: 100 },
      exceptions: { where: { day: { gte: dateColumn(today) } }, orderBy: { day: 'asc' }, take: 400 },
    },
  })
  const version = service?.versions[0]
  if (!service || !version) throw notFound()
  const role = requireMember(actor, service.providerId, 'see')
  const checks = (await readChecks(db, [service.providerId])).get(service.providerId) ?? []
  const mayEdit = memberMay(role, 'edit_listing')
  const hasDraft = version.frozenAt === null
  const waiting = service.submittedAt !== null
  const hours = service.rules.length + service.exceptions.filter((exception) => !exception.closed).length
  const missing = missingFrom({ ...version, answered: hasDraft ? version.answered : stepsFor(version) }, hours)
  const total = version.fundedBy === 'bought' ? unitTotal({ prices: version.prices.map((price) => ({ ...price, category: price.categoryCode })) }) : null
  const confirmedOn = londonDate(fromDate(service.confirmedAt))
  const hourLines = [
    ...weekWords(service.rules),
    ...service.exceptions.slice(0, 6).map((exception) => {
      const { day, words } = exceptionWords(exception)
      return `${day}: ${words.toLowerCase()}`
    }),
  ]
  const area = areaWords(version, version.place)
  return {
    service: {
      id: service.id,
      slug: service.slug,
      state: service.state,
      acceptsNew: service.acceptsNew,
      waiting,
      confirmed: longDate(confirmedOn),
    },
    provider: service.provider,
    title: version.title,
    summary: version.summary,
    description: version.description,
    category: categoryName(version.categoryCode),
    setting: settingName(version.setting),
    area,
    audiences: version.audiences.map(audienceName),
    languages: version.languages,
    accessibility: version.accessibility,
    price: total === null ? null : { total, per: perUnit(version.unit) },
    regulation: regulationWords(version),
    standing: standingOfListing(
      {
        state: service.state,
        waiting,
        hasDraft,
        missing: missing.length,
        acceptsNew: service.acceptsNew,
        paused: service.provider.pausedAt !== null,
        confirmedOn,
      },
      today,
    ),
    answers: stepsFor(version).map((step) => ({
      step,
      name: STEP_NAMES[step],
      done: !missing.some((entry) => entry.step === step),
      missing: missing.find((entry) => entry.step === step)?.sentence ?? null,
      rows: !hasDraft || version.answered.includes(step) || step === 'hours' ? rowsOf(step, version, area, hourLines) : [],
    })),
    missing,
    hindrances: hindrancesTo(version, service.id, service.provider, checks).map((hindrance) => HINDRANCE_WORDS[hindrance]),
    refused: hasDraft ? await refusedClaims(deps, version, service.id, checks) : [],
    hasDraft,
    change:
      hasDraft && service.currentVersion
        ? changeBetween(
            { ...service.currentVersion, answered: [] },
            version,
            sameWords(service.currentVersion, withoutPlace(version)),
          )
        : null,
    mayEdit,
    presses: mayEdit ? pressesFor(service, hasDraft, waiting) : [],
  }
}

const withoutPlace = ({ place: _place, ...version }: Version & { place: unknown }): Version => version

function pressesFor(service: { state: Parameters<typeof mayPress>[1]; acceptsNew: boolean }, hasDraft: boolean, waiting: boolean): Press[] {
  return PRESSES.filter((press) => {
    if (!mayPress(press, service.state)) return false
    if (press === 'take_back') return waiting
    if (press === 'drop_changes') return hasDraft && !waiting
    if (press === 'stop_new') return service.acceptsNew
    if (press === 'take_new') return !service.acceptsNew
    return true
  })
}

async function refusedClaims(
  deps: Deps,
  version: Version,
  serviceId: string,
  checks: readonly CheckFact[],
): Promise<{ name: string; reason: string }[]> {
  const claim = claimOf(version, serviceId)
  const ids = checks
    .filter((check) => check.state === 'refused' && (check.kind === 'identity' || (claim && isAbout(check, claim))))
    .map((check) => check.id)
  if (ids.length === 0) return []
  const rows = await deps.db.prisma.verification.findMany({
    where: { id: { in: ids } },
    select: { kind: true, reason: true },
    take: 20,
  })
  const names = { identity: 'Who you are' } as Record<string, string>
  return rows.map((row) => ({ name: names[row.kind] ?? 'What you said about registration', reason: row.reason ?? '' }))
}

export function regulationWords(version: {
  personalCare: boolean
  regulation: string
  registrationId: string | null
  exemptionReason: string | null
}): string {
  if (version.regulation === 'registered') return `Registered with the Care Quality Commission, ${version.registrationId ?? ''}`
  if (version.regulation === 'exempt') return `Personal care that needs no registration: ${version.exemptionReason ?? ''}`
  return version.personalCare
    ? 'Personal care. No registration given yet'
    : 'No personal care. CQC does not inspect this kind of support'
}

function areaWords(
  version: Version,
  place: { name: string; addressLine: string | null; town: string | null; postcode: string | null } | null,
): string {
  if (version.setting === 'online') return 'Everywhere: online or by phone'
  if (version.setting === 'at_venue')
    return place ? [place.name, place.addressLine, place.town, place.postcode].filter(Boolean).join(', ') : 'Not said yet'
  if (version.lat === null || !version.radiusMetres) return 'Not said yet'
  const miles = Math.round(version.radiusMetres / METRES_IN_A_MILE)
  return `Up to ${String(miles)} ${miles === 1 ? 'mile' : 'miles'} from ${version.areaLabel ?? 'the place you gave'}`
}

function rowsOf(step: Step, version: Version, area: string, hours: string[]): { term: string; value: string }[] {
  switch (step) {
    case 'what':
      return [
        { term: 'Name', value: version.title },
        { term: 'In a sentence or two', value: version.summary },
        { term: 'What happens', value: version.description || 'Not said' },
        { term: 'Kind of support', value: categoryName(version.categoryCode) },
        { term: 'Where it happens', value: settingName(version.setting) },
        { term: 'Who pays', value: FUNDED_WORDS[version.fundedBy] ?? '' },
      ]
    case 'who':
      return [
        { term: 'For', value: version.audiences.map(audienceName).join(', ') || 'Anybody' },
        { term: 'Ages', value: ageWords(version.minAge, version.maxAge) },
        { term: 'Languages', value: version.languages.join(', ') },
        { term: 'Access', value: version.accessibility.join(', ') || 'Nothing said' },
      ]
    case 'care':
      return [
        {
          term: 'Personal care in it',
          value: `${version.personalCare ? 'Yes' : 'No'}${categoryOf(version.categoryCode as CategoryCode).personalCare === 'yes' ? ' (this kind of support always is)' : ''}`,
        },
        { term: 'Registration', value: regulationWords(version) },
      ]
    case 'area':
      return [{ term: 'Where', value: area }]
    case 'price':
      return [
        ...priceWords(version.unit, version.prices).map(({ label, value }) => ({ term: label, value })),
        {
          term: 'Charged for',
          value:
            version.chargingBasis === 'booked_time'
              ? 'The time that was booked'
              : `The minutes that it took, in steps of ${String(version.roundingMinutes)}; up to ${String(version.toleranceMinutes)} minutes more or less change nothing`,
        },
      ]
    case 'times':
      return [
        { term: 'A visit lasts', value: lengthWords(version.minMinutes, version.maxMinutes) },
        { term: 'Starts and lengths in steps of', value: `${String(version.stepMinutes)} minutes` },
        { term: 'Kept free between visits', value: `${String(version.bufferMinutes)} minutes` },
        { term: 'Notice you need', value: hoursWords(version.noticeHours) },
      ]
    case 'hours':
      return [{ term: 'Days and hours', value: hours.join('; ') || 'Not said yet' }]
    case 'terms':
      return [
        {
          term: 'If they cancel',
          value: `Free until ${hoursWords(version.cancelWindowHours).toLowerCase()} before. After that they pay ${shareWords(version.cancelShareBps)}`,
        },
        { term: 'No answer at the door', value: `They pay ${shareWords(version.noAnswerShareBps)}` },
        { term: 'If your worker cannot come', value: version.contingency },
        { term: 'Notice to stop', value: `${String(version.endNoticeDays)} days` },
      ]
  }
}

function ageWords(min: number | null, max: number | null): string {
  if (min === null && max === null) return 'Any age'
  if (max === null) return `${String(min)} and over`
  return min === null ? `Up to ${String(max)}` : `${String(min)} to ${String(max)}`
}
