import { describe, expect, test } from 'vitest'
import { refillOf } from '~/http/refill.ts'

describe('what a page is filled in with again', () => {
  test('is all that was typed; what was ticked several times is a list', () =>
    expect(
      refillOf({
        path: '/book/tea?draft=1',
        fields: [
          ['personId', 'p'],
          ['note', 'The bell is broken'],
          ['keep', '2026-12-01'],
          ['keep', '2026-12-08'],
        ],
      }),
    ).toEqual({
      path: '/book/tea',
      values: { personId: 'p', note: 'The bell is broken', keep: ['2026-12-01', '2026-12-08'] },
    }))
  test.each([
    [
      'a press',
      '/my/visits/1',
      [
        ['intent', 'yes'],
        ['personId', 'p'],
      ],
    ],
    [
      'an empty box',
      '/my/visits/1',
      [
        ['intent', 'different'],
        ['reason', '  '],
      ],
    ],
    ['a search for a person', '/council/people', [['name', 'Joan']]],
    [
      'acting for somebody',
      '/circle/act',
      [
        ['intent', 'start'],
        ['authorityId', 'a'],
      ],
    ],
  ] as [string, string, [string, string][]][])('%s fills in nothing', (_name, path, fields) =>
    expect(refillOf({ path, fields })).toBeNull(),
  )
})
