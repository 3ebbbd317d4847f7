import { expect, test } from 'vitest'
import {
  factsOf,
  FACTS_BYTES,
  FREE_WEEK_BYTES,
  freeFrom,
  freeWeekOf,
  NO_TIME,
  PackedCandidate,
  type Candidate,
} from '#services/discovery/facts.rules.ts'
import {
  accessNumber,
  audienceNumber,
  bits,
  categoryNumber,
  checkNumber,
  kindNumber,
  languageCodes,
  languageNumber,
  settingNumber,
  sizeNumber,
  unitNumber,
  workerNumber,
} from '#services/discovery/vocabulary.ts'
import type { EntryDocument } from '#services/discovery/write-entries.server.ts'
import { market } from '#tests/factories/market.ts'

function read(document: EntryDocument): Candidate {
  const bytes = Buffer.from(factsOf(document), 'hex')
  expect(bytes).toHaveLength(FACTS_BYTES)
  const c = new PackedCandidate()
  c.set(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0)
  return c
}

test('what is packed reads back as it was', () => {
  for (const document of market(300, { seed: 5 }))
    expect(read(document)).toMatchObject({
      category: categoryNumber(document.categoryCode),
      kind: kindNumber(document.providerKind),
      setting: settingNumber(document.setting),
      size: sizeNumber(document.providerSize),
      regulated: document.regulated,
      bookable: document.bookable,
      tiny: ['one', 'two_to_nine'].includes(document.providerSize ?? ''),
      place: document.entryKind === 'place',
      comesToYou: document.comesToYou,
      offered: bits(document.days),
      days: bits(document.days),
      known: document.experienceCount >= 3,
      audiences: bits(document.audiences.map(audienceNumber)),
      languages: bits(languageCodes(document.languages ?? []).map(languageNumber)),
      checks: bits((document.checks ?? []).map(checkNumber)),
      access: bits((document.access ?? []).map(accessNumber)),
      workers: bits((document.workers ?? []).map(workerNumber)),
      unit: document.free || document.pricePence === null ? 0 : unitNumber(document.priceUnit),
      pricePence: document.free ? 0 : (document.pricePence ?? -1),
      confirmedDay: Math.floor(document.confirmedAt.getTime() / 86_400_000),
      listedDay: Math.floor(document.listedAt.getTime() / 86_400_000),
      experience: expect.closeTo(document.experienceScore, 3) as number,
      providerHash: expect.any(Number) as number,
      nextFree: document.nextFreeAt === null ? NO_TIME : Math.floor(document.nextFreeAt.getTime() / 60_000),
    })
})

test('the week reads back hour by hour', () => {
  const [document] = market(30, { seed: 6 }).filter(({ freeWeek }) => freeWeek)
  const bytes = Buffer.from(freeWeekOf(document ?? { freeWeek: null }) ?? '', 'hex')
  expect(bytes).toHaveLength(FREE_WEEK_BYTES)
  expect(Array.from({ length: 168 }, (_, hour) => freeFrom(bytes, 0, hour))).toEqual(
    Array.from(document?.freeWeek?.from ?? []),
  )
  expect(freeWeekOf({ freeWeek: null })).toBeNull()
})

test('codes that nobody knows are left out, not mistaken for others', () => {
  const [document] = market(1)
  if (!document) throw new Error('no document')
  const c = read({
    ...document,
    categoryCode: 'x',
    providerKind: 'y',
    setting: 'z',
    providerSize: 'u',
    audiences: ['w'],
    languages: ['Klingon'],
    access: ['stairs'],
    checks: ['identity'],
    workers: ['robot'],
    days: [0, 9],
  })
  const { category, kind, setting, size, audiences, languages, access, checks, workers, days } = c
  expect([category, kind, setting, size, audiences, languages, access, checks, workers, days]).toEqual(
    Array.from({ length: 10 }, () => 0),
  )
})
