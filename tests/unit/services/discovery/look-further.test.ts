import { describe, expect, test } from 'vitest'
import { relaxed } from '#services/discovery/choose-hits.rules.ts'
import { furtherMetres, USUAL_METRES } from '#services/discovery/conditions.rules.ts'
import { lookFurther } from '#services/discovery/find-parts.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'

const miles = (many: number): number => many * METRES_IN_A_MILE

describe('how much further one could look', () => {
  test.each([
    ['the usual ten miles', null, ['Look 5 miles further', 'Look 10 miles further']],
    ['twenty miles', 20, ['Look 5 miles further', 'Look 20 miles further']],
    ['three miles are only doubled', 3, ['Look 3 miles further']],
    ['a mile', 1, ['Look 1 mile further']],
    ['further than can be asked for is not offered', 60, ['Look 5 miles further']],
  ])('%s', (_name, within, words) => {
    const withinMetres = within === null ? null : miles(within)
    const ways = furtherMetres(withinMetres).map((metres) => lookFurther({ withinMetres }, metres))
    expect(ways.flatMap((way) => (way ? [way.words] : []))).toEqual(words)
  })

  test('the link looks as far as its words say', () => {
    const [five, ten] = furtherMetres(null).map((metres) => lookFurther({ withinMetres: null }, metres)?.off)
    expect([five, ten]).toEqual([{ within: '15' }, { within: '20' }])
    expect(furtherMetres(USUAL_METRES)).toEqual(furtherMetres(null))
  })
})

describe('what easing one condition brings', () => {
  const ring = (more: number, metres: number) => ({ filter: 'within' as const, more, metres })
  test('comes with most first, and a distance only where it brings more than the one before', () => {
    expect(
      relaxed({ maxPence: null }, [{ filter: 'day', more: 3 }], [ring(2, 5_000), ring(2, 9_000)]),
    ).toEqual([{ filter: 'day', more: 3 }, ring(2, 5_000)])
    expect(relaxed({ maxPence: null }, [], [ring(0, 5_000), ring(4, 9_000)])).toEqual([ring(4, 9_000)])
  })

  test('leaves out what brings nothing, and the unit of a price that was asked for', () => {
    const eased = [
      { filter: 'day' as const, more: 0 },
      { filter: 'per' as const, more: 2 },
    ]
    expect(relaxed({ maxPence: 2_000 }, eased, [])).toEqual([])
    expect(relaxed({ maxPence: null }, eased, [])).toEqual([{ filter: 'per', more: 2 }])
  })
})
