import type { Prisma } from '#services/db/generated/client.ts'
import type { ProviderKind, ProviderSize } from '#services/db/generated/enums.ts'
import { writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import { ACCESS } from '#services/catalogue/access.ts'
import { LANGUAGES, WORKERS } from '#services/discovery/vocabulary.ts'
import { pence } from '#services/kernel/money.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { makeBorough } from './borough.ts'
import { at, branch, column, DAY, insertRows, makeKit, near, slugOf, type Kit, type Point } from './kit.ts'
import { ledgerBook } from './ledger-book.ts'
import { analyze, writePlaces } from './main.ts'
import { SERVICES } from './services.ts'
import { HOURS, TERMS } from './terms.ts'
import type { ServiceSeed } from './types.ts'
import { noUsers } from './users.ts'

const BATCH = 1_500
const KINDS: readonly ProviderKind[] = [
  'user_led_organisation', 'social_enterprise', 'charity', 'community_group', 'cooperative', 'micro_enterprise',
  'personal_assistant', 'private_company', 'council_service',
] // prettier-ignore
const SIZES: readonly ProviderSize[] = ['one', 'two_to_nine', 'ten_to_49', 'fifty_to_249', 'over_249']
const FIRST = ['Hazel', 'Linden', 'Kestrel', 'Copper', 'Juniper', 'Tallow', 'Marram', 'Fieldfare', 'Saffron', 'Harebell', 'Pebble', 'Lapwing', 'Orchard', 'Thimble', 'Bracken', 'Cobble', 'Larch', 'Merrow'] // prettier-ignore
const SECOND = ['Support', 'Homecare', 'Company', 'Neighbours', 'Living', 'Circle', 'Hands', 'Assistance', 'Works', 'Collective', 'Care', 'Friends'] // prettier-ignore
const TOWNS = ['Northam Vale', 'Wexcombe', 'Little Stanning', 'Overthorpe', 'Calderby', 'Mossford', 'Kettlewick', 'Redmarsh', 'Ashbourne Cross', 'Dunstow', 'Farlow', 'Pennerley', 'Greyling', 'Holmefold'] // prettier-ignore
/** Boxes of land, south-west to north-east: roughly England. */
const LAND: readonly (readonly [number, number, number, number])[] = [
  [50.4, -4.6, 51.1, -3.2], [50.8, -2.9, 51.6, 0.2], [51.3, -2.6, 52.6, 0.9], [52.0, -2.9, 53.2, 0.2],
  [53.2, -2.9, 54.0, -0.3], [54.0, -2.8, 54.9, -1.3],
] // prettier-ignore

interface Made {
  provider: Prisma.ProviderCreateManyInput[]
  verification: Prisma.VerificationCreateManyInput[]
  lane: Prisma.LaneCreateManyInput[]
  service: Prisma.ServiceCreateManyInput[]
  version: Prisma.ServiceVersionCreateManyInput[]
  price: Prisma.PriceLineCreateManyInput[]
  rule: Prisma.AvailabilityRuleCreateManyInput[]
  entries: EntryDocument[]
}

/**
 * Adds `count` published services of a third as many providers, spread over England with a tenth of them around the
 * demo's boroughs, and one person with a budget that no measurement empties. For measuring, never for showing.
 */
export async function seedScale(
  deps: Pick<Deps, 'db' | 'clock'>,
  count: number,
  say: (words: string) => void = () => undefined,
): Promise<void> {
  const offset = await deps.db.prisma.service.count({ where: { slug: { startsWith: 'scale-' } } })
  // Asked for again, it makes others.
  const kit = makeKit(deps.clock.now(), 7 + offset)
  if ((await deps.db.prisma.council.count()) === 0) {
    const borough = makeBorough(branch(kit, 1))
    await deps.db.tx(async (tx) => {
      await writePlaces(tx, borough, noUsers())
      await writeRichPerson(tx, kit, borough.councilId.aldermere)
    })
  }
  for (let from = 0; from < count; from += BATCH) {
    const made = makeBatch(kit, offset + from, Math.min(BATCH, count - from))
    await deps.db.tx(async (tx) => {
      await insertRows(tx, 'provider', made.provider)
      await insertRows(tx, 'verification', made.verification)
      await insertRows(tx, 'lane', made.lane)
      await insertRows(tx, 'service', made.service)
      await insertRows(tx, 'service_version', made.version)
      await insertRows(tx, 'price_line', made.price)
      await insertRows(tx, 'availability_rule', made.rule)
      const ids = made.version.map((version) => version.id ?? '')
      await tx.$executeRaw`update service_version set frozen_at = created_at where id = any(${ids}::uuid[])`
      await tx.$executeRaw`
        update service s set state = 'published', current_version_id = v.id from service_version v
        where v.service_id = s.id and v.id = any(${ids}::uuid[])`
      await writeEntries(tx, made.entries)
    })
    say(`${String(Math.min(count, from + BATCH))} of ${String(count)} services`)
  }
  await analyze(deps)
}

function somewhere({ rng }: Kit): Point {
  if (rng.chance(0.1)) return near(rng, { lat: 53.55, lon: -1.81 }, 14_000)
  const [south, west, north, east] = rng.pick(LAND)
  return { lat: south + rng.next() * (north - south), lon: west + rng.next() * (east - west) }
}

function makeBatch(kit: Kit, from: number, count: number): Made {
  const { rng, nowMs } = kit
  const made: Made = { provider: [], verification: [], lane: [], service: [], version: [], price: [], rule: [], entries: [] } // prettier-ignore
  const templates = SERVICES.filter((one) => one.funded !== 'commissioned' && one.price)
  let provider: Prisma.ProviderCreateManyInput | undefined
  let point: Point = { lat: 0, lon: 0 }
  for (let index = from; index < from + count; index += 1) {
    const listedMs = nowMs - rng.int(5, 900) * DAY
    if (!provider || index % 3 === 0) {
      const name = `${rng.pick(FIRST)} ${rng.pick(SECOND)} of ${rng.pick(TOWNS)}`
      point = somewhere(kit)
      provider = {
        id: kit.id(listedMs),
        slug: `scale-${slugOf(name)}-${String(index)}`,
        name,
        kind: rng.pick(KINDS),
        size: rng.pick(SIZES),
        ultimateOwner: name,
        about: `${name} is made up, for measuring.`,
        createdAt: at(listedMs),
      }
      made.provider.push(provider)
      made.verification.push(checked(kit, provider.id ?? '', 'identity', null))
      made.verification.push(checked(kit, provider.id ?? '', 'cqc_registration', registration(index)))
      for (const name of ['One', 'Two'])
        made.lane.push({ id: kit.id(listedMs), providerId: provider.id ?? '', name, active: true })
    }
    addService(kit, made, rng.pick(templates), provider, point, index, listedMs)
  }
  return made
}

const registration = (index: number): string => `1-00000${String(1_000_000 + (index - (index % 3)))}`

function checked(
  kit: Kit,
  providerId: string,
  kind: 'identity' | 'cqc_registration',
  reference: string | null,
): Prisma.VerificationCreateManyInput {
  return {
    id: kit.id(kit.nowMs),
    providerId,
    kind,
    state: 'verified',
    reference,
    checkedOn: column(kit.today.subtract({ days: 30 })),
    createdAt: at(kit.nowMs),
    updatedAt: at(kit.nowMs),
  }
}

function addService(
  kit: Kit,
  made: Made,
  seed: ServiceSeed,
  provider: Prisma.ProviderCreateManyInput,
  point: Point,
  index: number,
  listedMs: number,
): void {
  const { rng, nowMs } = kit
  const [id, versionId, providerId] = [kit.id(listedMs), kit.id(listedMs), provider.id ?? '']
  const slug = `scale-${String(index)}-${slugOf(seed.title)}`
  const setting = seed.setting ?? 'at_home'
  const travels = setting !== 'at_venue' && setting !== 'online'
  const radius = travels ? rng.int(2, 15) * 1_609 : null
  const [base, unit] = seed.price ?? [2_000, 'hour']
  const asked = Math.round((base * rng.int(80, 125)) / 100)
  const [minMinutes, maxMinutes, stepMinutes] = seed.minutes ?? [60, 240, 30]
  const [days, fromMinute, untilMinute] = HOURS[seed.hours ?? 'weekdays']
  const care = seed.care ?? false
  const languages = ['English', ...(rng.chance(0.15) ? [rng.pick(LANGUAGES)[1]] : [])]
  const accessibility = ACCESS.flatMap(([code]) =>
    rng.chance(setting === 'at_venue' ? 0.4 : 0.1) ? [code] : [],
  )
  const workers = care ? WORKERS.flatMap(([code]) => (rng.chance(0.5) ? [code] : [])) : []
  const confirmedMs = nowMs - rng.int(1, 170) * DAY
  made.service.push({ id, providerId, slug, state: 'draft', confirmedAt: at(confirmedMs), publishedAt: at(listedMs), createdAt: at(listedMs) }) // prettier-ignore
  made.version.push({
    ...TERMS[seed.terms ?? 'fair'],
    id: versionId,
    serviceId: id,
    number: 1,
    title: seed.title,
    summary: seed.summary,
    description: seed.about,
    categoryCode: seed.category,
    setting,
    audiences: [...seed.for],
    languages,
    accessibility,
    workers,
    personalCare: care,
    regulation: care ? 'registered' : 'not_regulated',
    registrationId: care ? registration(index) : null,
    ...point,
    radiusMetres: radius,
    unit,
    minMinutes,
    maxMinutes,
    stepMinutes,
    createdAt: at(listedMs),
  })
  const price = (position: number, kind: 'base' | 'travel', label: string, amount: number): void => {
    made.price.push({ id: kit.id(listedMs), versionId, position, kind, label, pence: amount, upliftBps: 0, categoryCode: null }) // prettier-ignore
  }
  price(0, 'base', 'Price', asked)
  if (seed.travel) price(1, 'travel', 'Travel', seed.travel)
  for (const weekday of days)
    made.rule.push({ id: kit.id(listedMs), serviceId: id, weekday, fromMinute, untilMinute })
  const monday = kit.today.subtract({ days: kit.today.dayOfWeek - 1 })
  const inside = (hour: number): boolean => hour * 60 >= fromMinute && (hour + 1) * 60 <= untilMinute
  const said = rng.chance(0.7) ? rng.int(1, 40) : 0
  const fives = Math.round(said * (0.3 + rng.next() * 0.5))
  const fours = Math.round((said - fives) * rng.next())
  const experience = said > 0 ? [0, 0, said - fives - fours, fours, fives] : []
  made.entries.push({
    id,
    entryKind: 'service',
    slug,
    title: seed.title,
    summary: seed.summary,
    description: seed.about,
    moreWords: languages,
    languages,
    access: accessibility,
    workers,
    checks: care ? ['dbs', 'insurance'] : rng.chance(0.5) ? ['insurance'] : [],
    freeWeek: {
      monday: monday.toString(),
      from: Array.from({ length: 168 }, (_, hour) =>
        days.includes(Math.floor(hour / 24) + 1) && inside(hour % 24)
          ? rng.chance(0.6)
            ? 1
            : rng.int(1, 9)
          : 15,
      ),
    },
    categoryCode: seed.category,
    setting,
    audiences: seed.for,
    providerId,
    providerName: provider.name,
    providerSlug: provider.slug,
    providerKind: provider.kind ?? 'charity',
    providerSize: provider.size ?? null,
    regulated: care,
    free: false,
    bookable: true,
    pricePence: asked + (seed.travel ?? 0),
    priceUnit: unit,
    days,
    nextFreeAt: rng.chance(0.9) ? at(nowMs + rng.int(20, 900) * 3_600_000) : null,
    point,
    radiusMetres: radius,
    comesToYou: travels,
    placeName: provider.name.split(' of ')[1] ?? null,
    experience,
    experienceCount: said,
    experienceScore: said > 0 ? (fives * 5 + fours * 4 + (said - fives - fours) * 3 + 21) / (said + 5) : 4.2,
    newestReviewAt: said > 0 ? at(nowMs - rng.int(1, 200) * DAY) : null,
    rating: care ? rng.pick(['Good', 'Good', 'Requires improvement', 'Not yet rated']) : null,
    ratingDate: null,
    ratingSource: null,
    listedAt: at(listedMs),
    confirmedAt: at(confirmedMs),
  })
}

/** Somebody whose money lasts for any number of requests. */
async function writeRichPerson(
  tx: Parameters<typeof insertRows>[0],
  kit: Kit,
  councilId: string,
): Promise<void> {
  const [personId, streamId, budgetId, allocationId, instalmentId] = Array.from({ length: 5 }, () => kit.id(kit.nowMs)) as [string, string, string, string, string] // prettier-ignore
  const [startsOn, endsOn] = [column(kit.today), column(kit.today.add({ years: 1 }))]
  const amount = 900_000_000
  await insertRows(tx, 'person', [
    { id: personId, councilId, name: 'Measured Person', shortName: 'Measured' },
  ])
  await insertRows(tx, 'funding_stream', [{ id: streamId, councilId, kind: 'adult_social_care', name: 'Social care budget', funder: 'Aldermere Council', canBuy: 'anything that is measured' }]) // prettier-ignore
  await insertRows(tx, 'budget', [{ id: budgetId, personId, startsOn, endsOn }])
  await insertRows(tx, 'allocation', [{ id: allocationId, budgetId, streamId, personId, deployment: 'direct_payment_bank', agreedPence: amount, cadence: 'once', instalmentPence: amount, startsOn, endsOn }]) // prettier-ignore
  await insertRows(tx, 'instalment', [{ id: instalmentId, allocationId, number: 1, dueOn: startsOn, pence: amount, arrivedAt: at(kit.nowMs) }]) // prettier-ignore
  const book = ledgerBook(kit)
  book.post(kit.nowMs, allocationFunded(`funded:${instalmentId}`, allocationId, pence(amount)))
  await book.write(tx)
}
