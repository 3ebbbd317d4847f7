import { exceptionWords, hoursWords } from '#services/availability/hours-words.ts'
import { unitTotal } from '#services/bookings/quote.rules.ts'
import { audienceName, categoryName, settingName } from '#services/discovery/vocabulary.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { dateColumn, fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, requireMember } from '#services/providers/providers.policy.ts'
import { isAbout } from '#services/vetting/ask-check.server.ts'
import { type CheckFact, readChecks } from '#services/vetting/read-checks.server.ts'
import { accessName } from './access.ts'
import { areaWords, regulationWords, rowsOf } from './answer-rows.ts'
import { HINDRANCE_WORDS, type Change, changeBetween, hindrancesTo, missingFrom } from './listing.rules.ts'
import { PRESSES, type Press, mayPress } from './presses.rules.ts'
import { type ListingStanding, standingOfListing } from './states.rules.ts'
import { STEP_NAMES, type Step, stepsFor } from './steps.ts'
import { claimOf } from './submit-listing.server.ts'
import { type Version, isWaiting, sameWords, versionInclude } from './versions.server.ts'
import { perUnit } from './words.ts'

export interface Answers {
  step: Step
  name: string
  /** Whether it was answered; what is missing says why in `missing`. */
  done: boolean
  missing: string | null
  rows: { term: string; value: string }[]
}

export interface ListingPage {
  service: {
    id: string
    slug: string
    state: string
    acceptsNew: boolean
    waiting: boolean
    confirmed: string
  }
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
  /** How many photographs it has. */
  photos: number
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
      place: true,
      versions: { orderBy: { number: 'desc' }, take: 1, include: { ...versionInclude, place: true } },
      currentVersion: { include: versionInclude },
      rules: { take: 100 },
      exceptions: { where: { day: { gte: dateColumn(today) } }, orderBy: { day: 'asc' }, take: 400 },
      _count: { select: { photos: true } },
    },
  })
  const version = service?.versions[0]
  if (!service || !version) throw notFound()
  const role = requireMember(actor, service.providerId, 'see')
  const checks = (await readChecks(db, [service.providerId])).get(service.providerId) ?? []
  const mayEdit = memberMay(role, 'edit_listing')
  const hasDraft = version.frozenAt === null
  const waiting = isWaiting(service.submittedAt, version)
  const hours = service.rules.length + service.exceptions.filter((exception) => !exception.closed).length
  const missing = hasDraft && !waiting ? missingFrom(version, hours) : []
  const total =
    version.fundedBy === 'bought'
      ? unitTotal({ prices: version.prices.map((price) => ({ ...price, category: price.categoryCode })) })
      : null
  const confirmedOn = londonDate(fromDate(service.confirmedAt))
  const hourLines = [
    ...hoursWords(service.rules, today),
    ...service.exceptions.slice(0, 6).map((exception) => {
      const { day, words } = exceptionWords(exception)
      return `${day}: ${words.toLowerCase()}`
    }),
  ]
  const area = areaWords(version, version.place ?? (hasDraft ? null : service.place))
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
    accessibility: version.accessibility.map(accessName),
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
      rows:
        !hasDraft || waiting || version.answered.includes(step) || step === 'hours'
          ? rowsOf(step, version, area, hourLines)
          : [],
    })),
    missing,
    hindrances: hindrancesTo(version, service.id, service.provider, checks).map(
      (hindrance) => HINDRANCE_WORDS[hindrance],
    ),
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
    photos: service._count.photos,
    mayEdit,
    presses: mayEdit ? pressesFor(service, hasDraft, waiting) : [],
  }
}

const withoutPlace = ({ place: _place, ...version }: Version & { place: unknown }): Version => version

function pressesFor(
  service: { state: Parameters<typeof mayPress>[1]; acceptsNew: boolean },
  hasDraft: boolean,
  waiting: boolean,
): Press[] {
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
    .filter(
      (check) => check.state === 'refused' && (check.kind === 'identity' || (claim && isAbout(check, claim))),
    )
    .map((check) => check.id)
  if (ids.length === 0) return []
  const rows = await deps.db.prisma.verification.findMany({
    where: { id: { in: ids } },
    select: { kind: true, reason: true },
    take: 20,
  })
  const names = { identity: 'Who you are' } as Record<string, string>
  return rows.map((row) => ({
    name: names[row.kind] ?? 'What you said about registration',
    reason: row.reason ?? '',
  }))
}
