import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choices, hash, KIND_NAMES, KINDS, kindLabel, LINEN, tileInner } from '~/components/tile/tile.ts'

const anyKind = fc.constantFrom(...KIND_NAMES)
const coloursIn = (svg: string) =>
  [...svg.matchAll(/(?:fill|stroke)="(#[0-9A-F]{6})"/g)].map((match) => match[1])

describe('the choices that make a tile', () => {
  test.each([
    ['weavers-care', 'cooperative', '61f9a101', { v: 1, r: 0, c: 0, m: 0 }],
    ['lantern-living', 'user_led_organisation', '42202ba4', { v: 0, r: 1, c: 1, m: 0 }],
    ['castle-homecare', 'private_company', 'e34eb6de', { v: 2, r: 3, c: 2, m: 1 }],
    ['fenside-memory', 'community_group', '47fd862e', { v: 2, r: 3, c: 1, m: 0 }],
  ] as const)('%s as a %s are those of the specification', (id, kind, hex, expected) => {
    expect(hash(`${kind}:${id}`).toString(16)).toBe(hex)
    expect(choices(id, kind)).toEqual(expected)
  })

  test('letters outside ASCII count as UTF-8', () => {
    expect(hash('café')).not.toBe(hash('cafe'))
    expect(hash('')).toBe(hash(''))
  })
})

describe('a tile', () => {
  test('is the same for the same id and kind, for ever and in any order of asking', () => {
    fc.assert(
      fc.property(fc.string(), anyKind, fc.string(), (id, kind, other) => {
        const first = tileInner(id, kind)
        tileInner(other, kind)
        expect(tileInner(id, kind)).toBe(first)
      }),
    )
  })

  test('uses only the four colours of its kind', () => {
    fc.assert(
      fc.property(fc.string(), anyKind, (id, kind) => {
        const palette: readonly string[] = KINDS[kind].palette
        const used = coloursIn(tileInner(id, kind))
        expect(used.length).toBeGreaterThan(1)
        expect(used.filter((colour) => !palette.includes(colour ?? ''))).toEqual([])
      }),
    )
  })

  test('consists of closed paths of known commands with finite numbers, inside its box', () => {
    fc.assert(
      fc.property(fc.string(), anyKind, (id, kind) => {
        const paths = [...tileInner(id, kind).matchAll(/ d="([^"]*)"/g)].map((match) => match[1] ?? '')
        for (const path of paths) {
          expect(path).toMatch(/^(M[-\d. ]+([LAHVahvl][-\d. ]+)+[Zz])+$/)
          for (const number of path.match(/-?\d+(\.\d+)?/g) ?? [])
            expect(Math.abs(Number(number))).toBeLessThanOrEqual(64)
        }
      }),
    )
  })

  test('never carries the id into the page, whatever the id holds', () => {
    fc.assert(
      fc.property(fc.constantFrom('<script>', '"onload="', '‮evil', 'x\0y'), anyKind, (id, kind) => {
        expect(tileInner(id, kind)).not.toContain(id)
      }),
    )
  })

  test('shows each arrangement of each kind for some id', () => {
    for (const kind of KIND_NAMES) {
      const seen = new Set(Array.from({ length: 400 }, (_, i) => tileInner(`id-${String(i)}`, kind)))
      expect(seen.size).toBeGreaterThan(60)
    }
  })
})

describe('a place that nobody has claimed', () => {
  test('has one plain tile of linen with a stitched outline, whatever its id', () => {
    expect(tileInner('a', 'unknown')).toBe(tileInner('b', 'unknown'))
    expect(coloursIn(tileInner('a', 'unknown'))).toEqual([...LINEN])
    expect(tileInner('a', 'unknown')).toContain('stroke-dasharray')
  })

  test('is called what it is', () => {
    expect(kindLabel('unknown')).toBe('Not yet claimed')
    expect(kindLabel('cooperative')).toBe('Co-operative')
    expect(kindLabel('toString')).toBe('Not yet claimed')
  })
})
