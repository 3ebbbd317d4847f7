import { saidWords, type SaidWords } from '#services/catalogue/service-page.server.ts'
import { unitTotal } from '#services/bookings/quote.rules.ts'
import { ratingCode, type RatingCode } from '#services/discovery/card.ts'
import { categoryName, settingName } from '#services/discovery/vocabulary.ts'
import { dayInWords, monthOf, unitWords } from '#services/discovery/wording.ts'
import { notFound } from '#services/kernel/errors.ts'
import { londonDate } from '#services/kernel/time.ts'
import { photosOf, type ShownPhoto } from '#services/photos/public-photos.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { publicReviews } from '#services/quality/public-reviews.server.ts'
import { publicChecks, type PublicCheck } from '#services/vetting/public-checks.server.ts'
import { isOffRegister, registrationWords } from './registration-words.ts'
import { legalFormName, sizeName } from './kinds.ts'

export interface PlaceFacts {
  key: string
  name: string
  rows: { term: string; value: string }[]
  website: string | null
  /** Where it stands on the register, when that is not simply "registered". */
  standing: 'off_register' | 'dormant' | null
  /** Where the facts come from, when they are from a register. */
  source: { href: string | null; date: string | null } | null
  regulator: { rating: RatingCode; date: string | null; href: string | null }
}

export interface ProviderPage {
  slug: string
  id: string
  name: string
  kind: string
  /** Nobody has claimed it: facts of a register only, never bookable, never figures of our own. */
  claimed: boolean
  about: string[]
  /** Instead of its tile; null when there is none. */
  photo: ShownPhoto | null
  facts: { term: string; value: string }[]
  phone: string | null
  website: string | null
  userLed: { checked: string | null; by: string | null } | null
  services: {
    key: string
    href: string
    title: string
    summary: string
    kind: string
    price: { pence: number; unit: string } | null
  }[]
  checks: PublicCheck[]
  said: SaidWords | null
  places: PlaceFacts[]
}

const AT_MOST = 100

/** Who a provider is, for anybody. @throws NOT_FOUND when there is none by that name, or nothing of it is public yet */
export async function providerPage(deps: Deps, slug: string): Promise<ProviderPage> {
  const provider = await deps.db.prisma.provider.findUnique({
    where: { slug },
    include: {
      places: { orderBy: { name: 'asc' }, take: AT_MOST },
      services: {
        where: { state: 'published' },
        include: { currentVersion: { include: { prices: true } } },
        orderBy: { publishedAt: 'asc' },
        take: AT_MOST,
      },
    },
  })
  if (!provider) throw notFound()
  // Until something of it is published a newcomer is nobody's business; a register's facts are public already.
  if (provider.claimed && provider.services.length === 0) throw notFound()
  const now = deps.clock.now()
  const [checks, said, photos] = provider.claimed
    ? await Promise.all([
        publicChecks(deps.db, londonDate(now), provider.id, null),
        publicReviews(deps.db, { kind: 'provider', id: provider.id }, 5),
        photosOf(deps, { kind: 'provider', id: provider.id }),
      ])
    : [[], null, []]
  const userLed = checks.find(({ kind, tone }) => kind === 'user_led_status' && tone === 'done')
  return {
    slug,
    id: provider.id,
    name: provider.name,
    kind: provider.kind,
    claimed: provider.claimed,
    about: (provider.about ?? '')
      .split(/\n+/)
      .map((line) => line.trim())
      .filter(Boolean),
    photo: photos[0] ?? null,
    facts: provider.claimed ? claimedFacts(provider) : [],
    phone: provider.claimed ? provider.phone : null,
    website: provider.website,
    userLed: userLed ? { checked: userLed.checked, by: userLed.by } : null,
    services: provider.claimed ? provider.services.flatMap(serviceLine) : [],
    checks,
    said: said ? saidWords(said, now.epochMilliseconds) : null,
    places: provider.places.map(placeFacts),
  }
}

function claimedFacts(provider: {
  legalForm: string | null
  size: string | null
  ultimateOwner: string | null
  name: string
  charityNumber: string | null
  companyNumber: string | null
  languages: readonly string[]
  accessibility: string | null
  createdAt: Date
}): { term: string; value: string }[] {
  return [
    ...(provider.legalForm ? [{ term: 'Legal form', value: legalFormName(provider.legalForm) }] : []),
    ...(provider.size ? [{ term: 'People who work there', value: sizeName(provider.size) }] : []),
    ...(provider.ultimateOwner && provider.ultimateOwner !== provider.name
      ? [{ term: 'Who owns it in the end', value: provider.ultimateOwner }]
      : []),
    ...(provider.languages.length > 0 ? [{ term: 'Languages', value: provider.languages.join(', ') }] : []),
    ...(provider.accessibility
      ? [{ term: 'Getting in and taking part', value: provider.accessibility }]
      : []),
    ...(provider.charityNumber ? [{ term: 'Charity number', value: provider.charityNumber }] : []),
    ...(provider.companyNumber ? [{ term: 'Company number', value: provider.companyNumber }] : []),
    { term: 'On Kith since', value: monthOf(provider.createdAt.getTime()) },
  ]
}

interface Listed {
  id: string
  slug: string
  currentVersion: {
    title: string
    summary: string
    categoryCode: string
    setting: string
    fundedBy: string
    unit: string
    prices: {
      kind: Parameters<typeof unitTotal>[0]['prices'][number]['kind']
      label: string
      pence: number
      upliftBps: number
      categoryCode: string | null
    }[]
  } | null
}

function serviceLine({ id, slug, currentVersion: version }: Listed): ProviderPage['services'] {
  if (!version) return []
  const total =
    version.fundedBy === 'bought'
      ? unitTotal({ prices: version.prices.map((price) => ({ ...price, category: price.categoryCode })) })
      : null
  const comes = version.setting !== 'at_venue' && version.setting !== 'online'
  return [
    {
      key: id,
      href: `/services/${slug}`,
      title: version.title,
      summary: version.summary,
      kind: `${categoryName(version.categoryCode)} · ${settingName(version.setting).toLowerCase()}`,
      price: total === null ? null : { pence: total, unit: unitWords(version.unit, comes) },
    },
  ]
}

function placeFacts(place: {
  id: string
  name: string
  addressLine: string | null
  town: string | null
  postcode: string | null
  cqcLocationId: string | null
  registrationStatus: string | null
  dormant: boolean | null
  registeredOn: Date | null
  deregisteredOn: Date | null
  rating: string | null
  ratingDate: Date | null
  serviceTypes: string[]
  specialisms: string[]
  regulatedActivities: string[]
  beds: number | null
  website: string | null
  source: string | null
  sourceDate: Date | null
}): PlaceFacts {
  const day = (date: Date | null): string | null => (date ? dayInWords(date.toISOString()) : null)
  const registered = place.cqcLocationId !== null
  const list = (term: string, values: readonly string[]) =>
    values.length > 0 ? [{ term, value: values.join(', ') }] : []
  return {
    key: place.id,
    name: place.name,
    rows: [
      ...list(
        'Address',
        [place.addressLine, place.town, place.postcode].filter((part): part is string => Boolean(part)),
      ),
      ...(registered
        ? [
            {
              term: 'Registration',
              value: `${registrationWords(place)}, number ${place.cqcLocationId ?? ''}`,
            },
          ]
        : []),
      ...list('What it is registered as', place.serviceTypes),
      ...list('What it may do', place.regulatedActivities),
      ...list('Who it says it is for', place.specialisms),
      ...(place.beds ? [{ term: 'Beds', value: String(place.beds) }] : []),
    ],
    website: place.website,
    standing: isOffRegister(place) ? 'off_register' : place.dormant ? 'dormant' : null,
    source: place.sourceDate ? { href: place.source, date: day(place.sourceDate) } : null,
    regulator: {
      rating: ratingCode(place.rating, registered),
      date: day(place.ratingDate),
      href: place.source,
    },
  }
}
