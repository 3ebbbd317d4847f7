import { expect, test } from 'vitest'
import {
  factsOf,
  NO_TIME,
  readCandidates,
  ROW_BYTES,
  type Candidate,
} from '#services/discovery/facts.rules.ts'
import {
  audienceNumber,
  bits,
  categoryNumber,
  kindNumber,
  settingNumber,
  unitNumber,
} from '#services/discovery/vocabulary.ts'
import { market } from '#tests/factories/market.ts'

test('what is packed reads back as it was', () => {
  const documents = market(300, { seed: 5 })
  const rows = Buffer.concat(
    documents.map((document, index) => {
      const row = Buffer.alloc(ROW_BYTES)
      row.writeInt32BE(index, 0)
      row.write(factsOf(document), 4, 'hex')
      row.writeFloatBE(0.5, 28)
      row.writeFloatBE(-1, 32)
      return row
    }),
  )
  const { length, read } = readCandidates(rows)
  expect(length).toBe(300)
  for (const [index, document] of documents.entries()) {
    const c = {} as Candidate
    read(index, c)
    expect(c).toEqual({
      no: index,
      category: categoryNumber(document.categoryCode),
      kind: kindNumber(document.providerKind),
      setting: settingNumber(document.setting),
      regulated: document.regulated,
      bookable: document.bookable,
      tiny: ['one', 'two_to_nine'].includes(document.providerSize ?? ''),
      place: document.entryKind === 'place',
      comesToYou: document.comesToYou,
      days: bits(document.days),
      known: document.experienceCount >= 3,
      audiences: bits(document.audiences.map(audienceNumber)),
      unit: document.free || document.pricePence === null ? 0 : unitNumber(document.priceUnit),
      pricePence: document.free ? 0 : (document.pricePence ?? -1),
      confirmedDay: Math.floor(document.confirmedAt.getTime() / 86_400_000),
      listedDay: Math.floor(document.listedAt.getTime() / 86_400_000),
      experience: expect.closeTo(document.experienceScore, 3) as number,
      providerHash: expect.any(Number) as number,
      nextFree: document.nextFreeAt === null ? NO_TIME : Math.floor(document.nextFreeAt.getTime() / 60_000),
      rank: 0.5,
      chord: -1,
    })
  }
})

test('codes that nobody knows are left out, not mistaken for others', () => {
  const [document] = market(1)
  if (!document) throw new Error('no document')
  const c = {} as Candidate
  const row = Buffer.alloc(ROW_BYTES)
  row.write(
    factsOf({
      ...document,
      categoryCode: 'x',
      providerKind: 'y',
      setting: 'z',
      audiences: ['w'],
      days: [0, 9],
    }),
    4,
    'hex',
  )
  readCandidates(row).read(0, c)
  expect([c.category, c.kind, c.setting, c.audiences, c.days]).toEqual([0, 0, 0, 0, 0])
})
