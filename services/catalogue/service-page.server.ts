import { hoursWords } from '#services/availability/hours-words.ts'
import { nextFreeAt } from '#services/availability/next-free.server.ts'
import { ratingCode, type RatingCode } from '#services/discovery/card.ts'
import { audienceName, categoryName, settingName, workerName } from '#services/discovery/vocabulary.ts'
import { ago, dayInWords, monthOf } from '#services/discovery/wording.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Temporal, clockTime, inLondon, londonDate, longDate, fromDate } from '#services/kernel/time.ts'
import { photosOf, type ShownPhoto } from '#services/photos/public-photos.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, requireMember } from '#services/providers/providers.policy.ts'
import { isOffRegister } from '#services/providers/registration-words.ts'
import { type Kind, kindsFor } from '#services/questions/question.rules.ts'
import { publicReviews, type PublicReviews } from '#services/quality/public-reviews.server.ts'
import { publicChecks, type PublicCheck } from '#services/vetting/public-checks.server.ts'
import { accessName } from './access.ts'
import { type Paying, paying } from './service-paying.server.ts'
import { missingFrom } from './listing.rules.ts'
import { ratedPlaceOf } from './rated-place.ts'
import { STEP_NAMES } from './steps.ts'
import { type ServiceFacts, factsOf } from './service-facts.ts'
import {
  WHY_NOT_WORDS,
  type WhyNot,
  ageWords,
  areaWords,
  whyNotBookable,
  priceOf,
  regulationOf,
  termRows,
  type PublicPrice,
} from './service-words.ts'

/** Reviews shown at first, and when all are asked for. */
const FEW = 5
const ALL = 200

/** Said of a service or a provider, worded. */
export interface SaidWords {
  count: number
  newest: string | null
  spreads: { key: string; words: string; counts: [number, number, number, number, number]; good: number }[]
  reviews: { key: string; comment: string; when: string; reply: string | null }[]
}

export function saidWords(said: PublicReviews, now: number): SaidWords {
  return {
    count: said.count,
    newest: said.newestAt && said.spreads ? ago(said.newestAt.getTime(), now) : null,
    spreads: (said.spreads ?? []).map(({ score, words, counts }) => ({
      key: score,
      words,
      counts,
      good: counts[3] + counts[4],
    })),
    reviews: said.reviews.map(({ key, comment, at, reply }) => ({
      key,
      comment,
      when: monthOf(at.getTime()),
      reply,
    })),
  }
}

export interface ServicePage {
  id: string
  slug: string
  title: string
  summary: string
  /** Paragraphs of what happens. */
  happens: string[]
  provider: {
    id: string
    slug: string
    name: string
    kind: string
    userLed: boolean
    phone: string | null
    website: string | null
  }
  photos: ShownPhoto[]
  tags: string[]
  facts: { term: string; value: string }[]
  regulation: { regulated: boolean; words: string }
  price: PublicPrice | null
  /** Why it costs nothing, when it does. */
  freeWords: string | null
  nextFree: string | null
  /** The day of it, ISO. */
  nextFreeOn: string | null
  hours: string[]
  /** Ways to ask something first, besides calling; none while the provider is paused. */
  asks: Kind[]
  /** Null when it can be asked for here; else why not, as a code and in words. */
  whyNot: WhyNot | null
  notBookable: string | null
  /** Free, so that it can be noted in one's week. */
  intoWeek: boolean
  terms: { term: string; value: string }[]
  checks: PublicCheck[]
  said: SaidWords
  allReviews: boolean
  regulator: { rating: RatingCode; date: string | null; href: string | null }
  confirmed: string
}

const include = {
  provider: true,
  place: true,
  currentVersion: { include: { prices: { orderBy: { position: 'asc' } } } },
  rules: { take: 100 },
} as const

/**
 * What anybody sees of one published service: nothing of people but counts and words; and, for the person in view or
 * whoever acts for them, which of their funds can pay.
 * @throws NOT_FOUND when it is not published
 */
export async function servicePage(
  deps: Deps,
  actor: Actor,
  slug: string,
  allReviews: boolean,
): Promise<ServicePage & { paying: Paying | null }> {
  return (await publishedService(deps, actor, slug, allReviews)).page
}

/**
 * The same page, and the codes and numbers that it is worded from, for whoever words them otherwise.
 * @throws NOT_FOUND when it is not published
 */
export async function publishedService(
  deps: Deps,
  actor: Actor,
  slug: string,
  allReviews: boolean,
): Promise<{ page: ServicePage & { paying: Paying | null }; facts: ServiceFacts }> {
  const service = await deps.db.prisma.service.findFirst({ where: { slug, state: 'published' }, include })
  const version = service?.currentVersion
  if (!service || !version || !service.provider.claimed) throw notFound()
  const page = await pageOf(deps, service, version, service.place, allReviews)
  const accredited = page.checks.some(({ kind, tone }) => kind === 'training' && tone === 'done')
  const on = page.nextFreeOn === null ? null : Temporal.PlainDate.from(page.nextFreeOn)
  const pays = await paying(deps, actor, { ...version, providerId: service.providerId }, accredited, on)
  return { page: { ...page, paying: pays }, facts: factsOf(version, service.place) }
}

export interface PreviewPage {
  page: ServicePage
  serviceId: string
  /** What is still to be answered, and at which step. */
  missing: { step: string; name: string; sentence: string }[]
  mayEdit: boolean
}

/**
 * The same page drawn from what is being written, or from the last version there is. Only the provider's people see it.
 * @throws SIGN_IN; NOT_FOUND for strangers
 */
export async function previewPage(deps: Deps, actor: Actor, serviceId: string): Promise<PreviewPage> {
  const service = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    include: {
      ...include,
      versions: {
        orderBy: { number: 'desc' },
        take: 1,
        include: { prices: { orderBy: { position: 'asc' } }, place: true },
      },
      _count: { select: { exceptions: { where: { closed: false } } } },
    },
  })
  const version = service?.versions[0]
  if (!service || !version) throw notFound()
  const role = requireMember(actor, service.providerId, 'see')
  const draft = version.frozenAt === null
  const missing = draft ? missingFrom(version, service.rules.length + service._count.exceptions) : []
  return {
    page: await pageOf(deps, service, version, version.place ?? (draft ? null : service.place), false),
    serviceId,
    missing: missing.map(({ step, sentence }) => ({ step, sentence, name: STEP_NAMES[step] })),
    mayEdit: memberMay(role, 'edit_listing'),
  }
}

type Row = Prisma.ServiceGetPayload<{ include: typeof include }>

async function pageOf(
  deps: Deps,
  service: Row,
  version: NonNullable<Row['currentVersion']>,
  place: Row['place'],
  allReviews: boolean,
): Promise<ServicePage> {
  const { prisma } = deps.db
  const now = deps.clock.now()
  const { provider, slug } = service
  const registered = version.regulation === 'registered'
  const [free, checks, said, rated, photos] = await Promise.all([
    nextFreeAt(prisma, now, [service.id]),
    publicChecks(deps.db, londonDate(now), provider.id, service.id),
    publicReviews(deps.db, { kind: 'service', id: service.id }, allReviews ? ALL : FEW),
    registered ? ratedPlace(deps, provider.id, place?.id ?? null, version.registrationId) : null,
    photosOf(deps, { kind: 'service', id: service.id }),
  ])
  const at = free.get(service.id) ?? null
  const whyNot = whyNotBookable({
    fundedBy: version.fundedBy,
    setting: version.setting,
    acceptsNew: service.acceptsNew,
    paused: provider.pausedAt !== null,
    offRegister: rated !== null && isOffRegister(rated),
  })
  const start = at ? inLondon(fromDate(at)) : null
  return {
    id: service.id,
    slug,
    title: version.title,
    summary: version.summary,
    happens: version.description
      .split(/\n+/)
      .map((line) => line.trim())
      .filter(Boolean),
    provider: {
      id: provider.id,
      slug: provider.slug,
      name: provider.name,
      kind: provider.kind,
      userLed: checks.some(({ kind, tone }) => kind === 'user_led_status' && tone === 'done'),
      phone: provider.phone,
      website: provider.website,
    },
    photos,
    tags: [
      settingName(version.setting),
      ...(version.languages.length > 0 ? [version.languages.join(', ')] : []),
      ageWords(version.minAge, version.maxAge),
    ],
    facts: [
      { term: 'Kind of support', value: categoryName(version.categoryCode) },
      { term: 'Who it is for', value: inOneSentence(version.audiences.map(audienceName)) || 'Anybody' },
      { term: 'Ages', value: ageWords(version.minAge, version.maxAge) },
      { term: 'Where', value: areaWords(version, place) },
      { term: 'Languages', value: version.languages.join(', ') || 'English' },
      ...(version.workers.length > 0
        ? [
            {
              term: 'Who comes',
              value: `You can ask for ${version.workers.map((code) => workerName(code).toLowerCase()).join(' or ')}`,
            },
          ]
        : []),
      {
        term: 'Getting in and taking part',
        value: version.accessibility.map(accessName).join(', ') || 'They have not said. Ask them first.',
      },
    ],
    regulation: regulationOf(version),
    price: version.fundedBy === 'bought' ? priceOf(version) : null,
    freeWords:
      version.fundedBy === 'free'
        ? 'Nobody pays. It is free for you.'
        : version.fundedBy === 'commissioned'
          ? 'A council or the NHS pays for it. It costs you nothing.'
          : null,
    nextFree: start
      ? `${longDate(start.toPlainDate(), { year: false })}, ${clockTime(start.toPlainTime())}`
      : null,
    nextFreeOn: start ? start.toPlainDate().toString() : null,
    hours: hoursWords(service.rules, londonDate(now)),
    whyNot,
    notBookable: whyNot ? WHY_NOT_WORDS[whyNot] : null,
    asks: provider.pausedAt ? [] : kindsFor(version.setting).map(({ kind }) => kind),
    intoWeek: version.fundedBy !== 'bought',
    terms: termRows(version),
    checks,
    said: saidWords(said, now.epochMilliseconds),
    allReviews,
    regulator: {
      rating: ratingCode(rated?.rating ?? null, registered),
      date: rated?.ratingDate ? dayInWords(rated.ratingDate.toISOString()) : null,
      href: rated?.source ?? null,
    },
    confirmed: dayInWords(service.confirmedAt.toISOString()),
  }
}

const inOneSentence = (names: readonly string[]): string =>
  names
    .map((name, i) =>
      i === 0 || /^[A-Z]{2}/.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1),
    )
    .join(', ')

async function ratedPlace(
  deps: Deps,
  providerId: string,
  placeId: string | null,
  registrationId: string | null,
) {
  const places = await deps.db.prisma.place.findMany({
    where: { providerId, cqcLocationId: { not: null } },
    select: {
      id: true,
      cqcLocationId: true,
      registrationStatus: true,
      rating: true,
      ratingDate: true,
      source: true,
    },
    orderBy: { id: 'asc' },
    take: 50,
  })
  return ratedPlaceOf(places, placeId, registrationId)
}
