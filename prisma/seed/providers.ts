import type { Prisma } from '#services/db/generated/client.ts'
import type { Address, Borough } from './borough.ts'
import { PROVIDERS } from './provider-list.ts'
import { at, column, DAY, type Kit } from './kit.ts'
import type { ProviderSeed } from './types.ts'
import { addUser, type Users } from './users.ts'

export interface SeededLane {
  id: string
  /** Set for a place in one group. */
  serviceId: string | null
  memberId: string | null
}
export interface SeededProvider {
  id: string
  seed: ProviderSeed
  address: Address
  councilId: string
  placeId: string
  /** Registration with the regulator that its personal care is listed under. */
  registrationId: string | null
  lanes: SeededLane[]
  memberIds: string[]
  /** When it joined; nothing of its history is earlier. */
  joinedMs: number
}

export interface ProviderRows {
  provider: Prisma.ProviderCreateManyInput[]
  member: Prisma.MemberCreateManyInput[]
  lane: Prisma.LaneCreateManyInput[]
  verification: Prisma.VerificationCreateManyInput[]
  place: Prisma.PlaceCreateManyInput[]
}

/** Providers whose people can sign in: a whole team, and the owners of some others. */
const WHOLE_TEAM = new Set(['weavers-care', 'evenhand', 'lantern-living', 'say-so'])
const OWNER_SIGNS_IN = new Set([
  'otter-swim-buddies', 'rosa-adeyemi', 'castle-homecare', 'millgate-neighbours', 'bright-kettle', 'harbour-lane',
  'ever-after', 'joy-mensah', 'haugh-hands', 'quarry-house',
]) // prettier-ignore
/** Joined in the last weeks: little or nothing is known of them yet. */
const NEW_HERE: Record<string, number> = {
  'rosa-adeyemi': 40, 'harbour-lane': 6, 'ever-after': 15, 'joy-mensah': 55, 'abena-owusu': 80, 'kind-words': 110,
} // prettier-ignore

/** Ids in the regulator's shape; no register of theirs begins with these zeros. */
const registration = (index: number, kind: 'provider' | 'location'): string =>
  `1-0000000${kind === 'provider' ? '1' : '2'}${String(index).padStart(2, '0')}`

export function makeProviders(
  kit: Kit,
  borough: Borough,
  users: Users,
): { providers: SeededProvider[]; rows: ProviderRows } {
  const rows: ProviderRows = { provider: [], member: [], lane: [], verification: [], place: [] }
  const providers = PROVIDERS.map((seed, index): SeededProvider => {
    const ward = borough.wardNamed(seed.ward)
    const address = borough.address(ward)
    const joinedMs = kit.nowMs - (NEW_HERE[seed.slug] ?? kit.rng.int(500, 1600)) * DAY
    const id = kit.id(joinedMs)
    const councilId = borough.councilId[ward.council]
    const registrationId = seed.cqc ? registration(index, 'location') : null
    const charity = seed.form.includes('haritable') || seed.form === 'Registered charity'
    const company = /ompany|Co-operative/.test(seed.form)
    rows.provider.push({
      id,
      slug: seed.slug,
      name: seed.name,
      kind: seed.kind,
      legalForm: seed.form,
      size: seed.size,
      ultimateOwner: seed.owner ?? seed.name,
      about: seed.about,
      phone: PHONES[seed.slug] ?? `01632 960${String(200 + index)}`,
      email: `hello@${seed.slug}.demo.kith.example`,
      website: seed.website ? `https://${seed.slug}.demo.kith.example` : null,
      councilId,
      cqcProviderId: seed.cqc ? registration(index, 'provider') : null,
      charityNumber: charity ? `X${String(110_000 + index)}` : null,
      companyNumber: company ? `X${String(9_000_000 + index)}` : null,
      createdAt: at(joinedMs),
    })
    const placeId = kit.id(joinedMs)
    rows.place.push({
      id: placeId,
      providerId: id,
      slug: `${seed.slug}-${ward.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
      name: PLACES[seed.slug] ?? seed.name,
      addressLine: address.addressLine,
      town: ward.name,
      postcode: address.postcode,
      lat: address.point.lat,
      lon: address.point.lon,
      cqcLocationId: registrationId,
      registrationStatus: seed.cqc ? 'Registered' : null,
      registeredOn: seed.cqc ? column(kit.today.subtract({ days: kit.rng.int(900, 2500) })) : null,
      rating: seed.cqc && seed.cqc !== 'Not yet rated' ? seed.cqc : null,
      ratingDate:
        seed.cqc && seed.cqc !== 'Not yet rated'
          ? column(kit.today.subtract({ days: kit.rng.int(90, 800) }))
          : null,
      localAuthority: ward.council === 'aldermere' ? 'Aldermere' : 'Thornhaugh',
      serviceTypes: seed.cqc ? ['Domiciliary care service'] : [],
      specialisms: [],
      regulatedActivities: seed.cqc ? ['Personal care'] : [],
      // The address of a place's page in the register, which pages link to: made-up places have none.
      source: null,
      sourceDate: seed.cqc ? column(kit.today.subtract({ days: 20 })) : null,
      updatedAt: kit.now.toString(),
    })
    const lanes: SeededLane[] = []
    const memberIds: string[] = []
    const addLane = (name: string, memberId: string | null): void => {
      const lane = { id: kit.id(joinedMs), serviceId: null, memberId }
      lanes.push(lane)
      rows.lane.push({ id: lane.id, providerId: id, memberId, serviceId: null, name, active: true })
    }
    seed.people.forEach((name, position) => {
      const memberId = kit.id(joinedMs)
      const signsIn = WHOLE_TEAM.has(seed.slug) || (position === 0 && OWNER_SIGNS_IN.has(seed.slug))
      const userId = signsIn ? addUser(kit, users, name, joinedMs) : null
      memberIds.push(memberId)
      // In the smallest ones the owner does the work; elsewhere the first two run it.
      const small = seed.size === 'one' || seed.kind === 'micro_enterprise'
      const role = position === 0 ? 'owner' : position === 1 && !small ? 'coordinator' : 'worker'
      rows.member.push({
        id: memberId,
        providerId: id,
        userId,
        name,
        email: userId ? (users.byName.get(name)?.email ?? null) : null,
        role,
        createdAt: at(joinedMs),
      })
      if (role === 'worker' || small || seed.people.length <= 2) addLane(name, memberId)
    })
    for (let more = 1; more <= (seed.more ?? 0); more += 1)
      addLane(`Worker ${String(lanes.length + 1)}`, null)
    rows.verification.push(...checksOf(kit, seed, id, registrationId, joinedMs, users))
    return { id, seed, address, councilId, placeId, registrationId, lanes, memberIds, joinedMs }
  })
  return { providers, rows }
}

/** Numbers that the design's pages show. All are from the range kept for drama. */
const PHONES: Record<string, string> = { 'weavers-care': '01632 960123', 'lantern-living': '01632 960145' }
const PLACES: Record<string, string> = {
  'otter-swim-buddies': 'Lockside Pool',
  'fenside-memory': 'Fenside Hall',
  'lantern-living': 'Old Town Library',
  'bright-kettle': 'The Bright Kettle kitchen and gym',
  'brook-end-day-club': 'The old school, Brook End',
  'old-town-singers': 'Old Town Methodist Hall',
  'st-annes-lunch': 'St Anne’s church hall',
  'moorend-workbench': 'The old bus garage',
  'clay-and-company': 'Unit 4, Dyehouse Yard',
}

type Check = Prisma.VerificationCreateManyInput

/** Every kind of check in every state, somewhere in the borough; most of them up to date, as in a borough that looks after itself. */
function checksOf(
  kit: Kit,
  seed: ProviderSeed,
  providerId: string,
  registrationId: string | null,
  joinedMs: number,
  users: Users,
): Check[] {
  const day = (days: number): Date => column(kit.today.add({ days }))
  const ago = (days: number): number => -Math.min(days, Math.floor((kit.nowMs - joinedMs) / DAY))
  // What waits for somebody was given in the last days.
  const since = (state: Check['state']): number =>
    state === 'evidence_given' || state === 'asked'
      ? Math.max(joinedMs, kit.nowMs - kit.rng.int(2, 6) * DAY)
      : joinedMs
  const checker = users.byName.get('Trevor Blount')?.id ?? null
  const check = (kind: Check['kind'], state: Check['state'], more: Partial<Check> = {}): Check => ({
    id: kit.id(joinedMs),
    providerId,
    serviceId: null,
    kind,
    state: state ?? 'asked',
    reference: null,
    level: null,
    statement: null,
    reason: null,
    checkedOn: state === 'verified' || state === 'expired' ? day(ago(kit.rng.int(20, 300))) : null,
    expiresOn: null,
    checkedById: state === 'verified' || state === 'expired' ? checker : null,
    createdAt: at(since(state)),
    updatedAt: at(since(state)),
    ...more,
  })
  const all: Check[] = []
  const waiting = seed.slug === 'harbour-lane'
  all.push(
    waiting
      ? check('identity', 'evidence_given', {
          statement: 'Company certificate and both our passports shown by video call.',
        })
      : check('identity', 'verified', { expiresOn: day(kit.rng.int(400, 1000)) }),
  )
  if (registrationId)
    all.push(
      check('cqc_registration', 'verified', {
        reference: registrationId,
        checkedOn: day(ago(20)),
        expiresOn: day(40),
      }),
    )
  if (seed.slug === 'ever-after')
    all.push(
      check('cqc_registration', 'refused', {
        reference: '1-000000199',
        reason:
          'The regulator has no registration with this number. Personal care cannot be listed until you are registered.',
        checkedById: checker,
      }),
    )
  if (seed.kind === 'user_led_organisation')
    all.push(
      seed.slug === 'long-table'
        ? check('user_led_status', 'evidence_given', {
            statement: 'Seven of our nine committee members have had a stroke.',
          })
        : check('user_led_status', 'verified', {
            statement: 'At least three quarters of the voting board have lived experience.',
            expiresOn: day(300),
          }),
    )
  if (seed.slug === 'elbow-room')
    all.push(
      check('user_led_status', 'refused', {
        statement: 'Half of our trustees are carers.',
        reason: 'Five of eleven trustees are carers. The badge needs three quarters.',
        checkedById: checker,
      }),
    )
  const soon = seed.slug === 'weavers-care' ? 20 : seed.slug === 'otter-swim-buddies' ? 13 : 0
  if (seed.slug === 'tidy-thursday')
    all.push(check('insurance', 'expired', { reference: 'Policy TT-3310', expiresOn: day(-9) }))
  else if (waiting) all.push(check('insurance', 'asked'))
  else if (seed.slug === 'warm-rooms' || seed.slug === 'canal-walkers')
    all.push(check('insurance', 'not_needed', { reason: 'Covered by the halls’ own insurance.' }))
  else
    all.push(
      check('insurance', 'verified', {
        reference: `Policy ${seed.slug.slice(0, 2).toUpperCase()}-${String(kit.rng.int(1000, 9999))}`,
        expiresOn: day(soon || kit.rng.int(90, 330)),
      }),
    )
  const withPeople = seed.kind !== 'community_group' && seed.slug !== 'equipment-store'
  if (withPeople)
    all.push(
      waiting
        ? check('dbs', 'evidence_given', {
            level: 'enhanced',
            statement: 'Two certificates, both from this month.',
          })
        : seed.slug === 'pats-wheels'
          ? check('dbs', 'asked', { level: 'enhanced' })
          : check('dbs', 'verified', {
              level: registrationId ? 'enhanced_with_barred_lists' : 'enhanced',
              statement: 'Seen for everybody who visits people.',
              expiresOn: day(kit.rng.int(60, 700)),
            }),
    )
  if (registrationId || seed.slug in ACCREDITED)
    all.push(
      check('training', 'verified', {
        statement: ACCREDITED[seed.slug] ?? 'Moving people safely, medicines, safeguarding adults.',
        expiresOn: day(kit.rng.int(60, 330)),
      }),
    )
  else if (seed.slug === 'night-owls')
    all.push(check('training', 'expired', { statement: 'First aid.', expiresOn: day(-30) }))
  if (seed.size !== 'one' && withPeople)
    all.push(
      check('policies', waiting ? 'asked' : 'verified', {
        statement: 'Safeguarding adults, complaints, privacy.',
      }),
    )
  return all
}

/** Who may be paid from funds that pay for accredited learning and support only, and why. */
export const ACCREDITED: Readonly<Record<string, string>> = {
  'adult-learning': 'Accredited to award qualifications up to level two.',
  'old-town-learning': 'Accredited to award qualifications up to level one.',
  'second-shift': 'Accredited for supported employment.',
  'alder-motion': 'Every therapist is on the professional register.',
  'bright-kettle': 'Instructors hold exercise referral and stroke qualifications.',
  'lantern-living': 'Disability equality, moving and handling, safeguarding adults.',
}
