import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pieces } from '#services/market/pieces.rules.ts'
import { inSlice, spendMask, type Slice } from '#services/market/spend-mask.rules.ts'
import {
  DOMINANT,
  FEWEST,
  groupOf,
  inPeriod,
  maySay,
  maySayIn,
  peopleIn,
  penceOf,
  totals,
  type ProviderFact,
  type Spend,
} from '#services/market/spend.rules.ts'
import { PERIODS } from '#services/market/months.rules.ts'
import { spread } from '#services/market/spread.rules.ts'

const provider = (id: string, kind: string, sole = false): ProviderFact => ({
  id,
  name: `Provider ${id}`,
  kind,
  size: sole ? 'one' : 'two_to_nine',
  owner: `Owner ${id}`,
  sole,
  userLedChecked: false,
})
const PROVIDERS = new Map(
  [
    ...['a', 'b', 'c'].map((id) => provider(id, 'charity')),
    ...['d', 'e'].map((id) => provider(id, 'private_company')),
    ...['f', 'g', 'h', 'i', 'j', 'k', 'l'].map((id) => provider(id, 'personal_assistant', true)),
    ...['m', 'n'].map((id) => provider(id, 'cooperative')),
  ].map((one) => [one.id, one]),
)
const spend = (person: number, providerId: string, pence = 1_000, more: Partial<Spend> = {}): Spend => ({
  person,
  providerId,
  pence,
  category: 'help_at_home',
  ward: 'w1',
  month: 11,
  ...more,
})
const people = (count: number, providerId: string, pence = 1_000): Spend[] =>
  Array.from({ length: count }, (_, i) => spend(i, providerId, pence))

describe('whether a sum may be told', () => {
  test('five people may be, four may not', () => {
    expect(maySay(people(5, 'a'), PROVIDERS)).toBe(true)
    expect(maySay(people(4, 'a'), PROVIDERS)).toBe(false)
  })
  test('not when one person is more than 80 % of it', () => {
    expect(maySay([...people(5, 'a'), spend(9, 'a', 20_000)], PROVIDERS)).toBe(true)
    expect(maySay([...people(5, 'a'), spend(9, 'a', 20_001)], PROVIDERS)).toBe(false)
  })
  test('not when one sole worker is more than 80 % of it', () => {
    expect(maySay([...people(6, 'f', 5_000), ...people(6, 'a', 1_000)], PROVIDERS)).toBe(false)
    expect(maySay([...people(6, 'f', 4_000), ...people(6, 'a', 1_000)], PROVIDERS)).toBe(true)
  })
  test('an organisation may be more than 80 % of it when its own total may be told', () => {
    expect(maySay([...people(6, 'a', 5_000), ...people(6, 'b', 1_000)], PROVIDERS)).toBe(true)
    expect(maySay([...people(4, 'a', 50_000), ...people(6, 'b', 1_000)], PROVIDERS)).toBe(false)
  })
  test('sole workers alone need to be five', () => {
    expect(
      maySay(
        ['f', 'g', 'h', 'i'].flatMap((id) => people(6, id)),
        PROVIDERS,
      ),
    ).toBe(false)
    expect(
      maySay(
        ['f', 'g', 'h', 'i', 'j'].flatMap((id) => people(6, id)),
        PROVIDERS,
      ),
    ).toBe(true)
  })
  test('three months are not told beside six when the months between are four people', () => {
    const payments = [...people(6, 'a'), ...people(4, 'a').map((one) => ({ ...one, month: 7 }))]
    expect(maySayIn(payments, 12, PROVIDERS)).toBe(true)
    expect(maySayIn(payments, 3, PROVIDERS)).toBe(false)
  })
})

const market = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 25 }),
    providerId: fc.constantFrom(...PROVIDERS.keys()),
    category: fc.constantFrom('help_at_home', 'personal_care', 'wellbeing'),
    ward: fc.constantFrom('w1', 'w2', ''),
    month: fc.integer({ min: 0, max: 11 }),
    pence: fc.integer({ min: 1, max: 50_000 }),
  }),
  { minLength: 0, maxLength: 260, size: 'max' },
)

const CATEGORIES = ['help_at_home', 'personal_care', 'wellbeing']
const WARDS = ['w1', 'w2', '']
/** Every page that the filters can make. */
const SLICES: Slice[] = [
  { by: 'all' },
  ...CATEGORIES.map((category): Slice => ({ by: 'category', category })),
  ...WARDS.map((ward): Slice => ({ by: 'ward', ward })),
]
const GROUPS = ['charity', 'private_company', 'cooperative', 'sole_workers']
const groupIn = (one: Spend): string => groupOf(PROVIDERS.get(one.providerId))
const ofGroup = (spends: readonly Spend[], group: string | null): Spend[] =>
  group === null ? [...spends] : spends.filter((one) => groupIn(one) === group)

test('what is shown on any page may be told', () => {
  fc.assert(
    fc.property(market, fc.constantFrom(...PERIODS), (spends, period) => {
      const mask = spendMask(spends, period, PROVIDERS)
      for (const slice of SLICES)
        for (const group of [...GROUPS, null]) {
          const payments = ofGroup(inSlice(spends, slice), group)
          const now = inPeriod(payments, period)
          if (now.length === 0 || mask.mark(group, slice) !== 'shown') continue
          expect(peopleIn(now)).toBeGreaterThanOrEqual(FEWEST)
          for (const pence of totals(now, ({ person }) => person).values())
            expect(pence).toBeLessThanOrEqual(DOMINANT * penceOf(now))
        }
    }),
    { numRuns: 60 },
  )
})

/** Rank over the rationals by elimination modulo a large prime: whether `target` follows from `known`. */
function follows(known: number[][], target: number[]): boolean {
  const prime = 1_000_003
  const inverse = (value: number): number => {
    let [result, base, power] = [1, value, prime - 2]
    for (; power > 0; power = Math.floor(power / 2)) {
      if (power % 2 === 1) result = (result * base) % prime
      base = (base * base) % prime
    }
    return result
  }
  const rows = known.map((row) => row.map((value) => ((value % prime) + prime) % prime))
  const goal = target.map((value) => ((value % prime) + prime) % prime)
  let top = 0
  for (let column = 0; column < goal.length; column += 1) {
    const pivot = rows.findIndex((row, i) => i >= top && (row[column] ?? 0) !== 0)
    if (pivot < 0) continue
    const chosen = rows[pivot] ?? []
    rows[pivot] = rows[top] ?? []
    const scale = inverse(chosen[column] ?? 1)
    const scaled = chosen.map((value) => (value * scale) % prime)
    rows[top] = scaled
    for (const row of [...rows.slice(top + 1), goal]) {
      const factor = row[column] ?? 0
      if (factor !== 0)
        scaled.forEach((value, k) => (row[k] = ((row[k] ?? 0) - ((factor * value) % prime) + prime) % prime))
    }
    top += 1
  }
  return goal.every((value) => value === 0)
}

test('somebody who has every page of a period, filtered in every way, cannot work out one hidden sum', () => {
  fc.assert(
    fc.property(market, fc.constantFrom(...PERIODS), (spends, period) => {
      const mask = spendMask(spends, period, PROVIDERS)
      const now = inPeriod(spends, period)
      // Unknowns: every kind by support by area. No page shows two filters at once, so only what a page shows as nothing is
      // known to be nothing: a kind that had no spend in a kind of support, or in an area.
      const some = new Set(
        now.flatMap((one) => [`${groupIn(one)}|${one.category}`, `${groupIn(one)}|${one.ward}`]),
      )
      const atoms = GROUPS.flatMap((group) =>
        CATEGORIES.flatMap((category) => WARDS.map((ward) => ({ group, category, ward }))),
      ).filter(
        ({ group, category, ward }) => some.has(`${group}|${category}`) && some.has(`${group}|${ward}`),
      )
      const equation = (slice: Slice, group: string | null): number[] =>
        atoms.map((atom) =>
          (group === null || atom.group === group) &&
          (slice.by === 'all' ||
            (slice.by === 'category' ? atom.category === slice.category : atom.ward === slice.ward))
            ? 1
            : 0,
        )
      const pages = SLICES.flatMap((slice) =>
        [...GROUPS, null]
          .filter((group) => ofGroup(inSlice(now, slice), group).length > 0)
          .map((group) => ({ sum: equation(slice, group), mark: mask.mark(group, slice) })),
      )
      const known = pages.filter(({ mark }) => mark === 'shown').map(({ sum }) => sum)
      for (const { sum, mark } of pages) if (mark !== 'shown') expect(follows(known, sum)).toBe(false)
    }),
    { numRuns: 60 },
  )
})

describe('pieces of the quilt', () => {
  test('they add up, sole workers are never one by one, and every piece may be told', () => {
    fc.assert(
      fc.property(market, fc.constantFrom(...PERIODS), (spends, period) => {
        const mask = spendMask(spends, period, PROVIDERS)
        if (mask.mark(null, { by: 'all' }) !== 'shown' || inPeriod(spends, period).length === 0) return
        const found = pieces(spends, period, PROVIDERS, mask)
        expect(found.reduce((sum, { pence }) => sum + pence, 0)).toBe(penceOf(inPeriod(spends, period)))
        for (const piece of found) {
          expect(piece.provider?.sole ?? false).toBe(false)
          expect(piece.people).toBeGreaterThanOrEqual(FEWEST)
          if (piece.provider)
            expect(
              maySayIn(
                spends.filter(({ providerId }) => providerId === piece.key),
                period,
                PROVIDERS,
              ),
            ).toBe(true)
          else if (piece.group === 'sole_workers') expect(piece.providers).toBeGreaterThanOrEqual(FEWEST)
        }
      }),
      { numRuns: 60 },
    )
  })
  test('an organisation that four people bought from is one with the smallest of its kind', () => {
    const spends = [
      ...people(20, 'a', 9_000),
      ...people(9, 'b', 2_000),
      ...people(4, 'c', 100),
      ...people(9, 'd'),
      ...people(9, 'e'),
    ]
    const found = pieces(spends, 12, PROVIDERS, spendMask(spends, 12, PROVIDERS))
    expect(
      found.filter(({ group }) => group === 'charity').map(({ key, providers }) => [key, providers]),
    ).toEqual([
      ['a', 1],
      ['other-charity', 2],
    ])
  })
})

describe('how far spend is spread out', () => {
  test('companies of one owner count as one, two sole workers of one name as two', () => {
    const same = new Map(PROVIDERS)
    for (const id of ['a', 'b']) same.set(id, { ...provider(id, 'charity'), owner: 'One Group' })
    const figures = spread(
      ['a', 'b', 'c', 'd'].flatMap((id) => people(6, id)),
      12,
      same,
    )
    expect(figures).toMatchObject({ providers: 4, owners: 3, byProvider: 2_500, byOwner: 3_750 })
  })
  test('no index when two of its shares could be solved for', () => {
    expect(
      spread([...people(9, 'a'), ...people(9, 'd'), ...people(3, 'b'), ...people(3, 'c')], 12, PROVIDERS)
        .byProvider,
    ).toBeNull()
  })
  test('no share of the largest when the largest is a sole worker', () => {
    expect(
      spread([...people(9, 'f', 9_000), ...people(9, 'a'), ...people(9, 'b')], 12, PROVIDERS).top.one,
    ).toBeNull()
  })
})
