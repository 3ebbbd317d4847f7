import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DueRow, groupDue, isPayable } from '#services/runs/due.rules.ts'

const row = (changes: Partial<DueRow> = {}): DueRow => ({
  id: 'a', providerId: 'p', provider: 'Weavers', personId: 'n', person: 'Joan', pence: 2750, onDay: '2026-11-09',
  supplier: 'S1', orderId: null, order: 'PO-1', costCode: 'ASC', caseReference: 'C1', payeeId: 'y', ...changes,
}) // prettier-ignore

describe('what is due, as it is paid', () => {
  test('one payment for a provider, a person and an order; two orders are two', () => {
    const groups = groupDue([row(), row({ id: 'b', onDay: '2026-11-02' }), row({ id: 'c', order: 'PO-2' })])
    expect(groups.map(({ payableIds, pence, oldest }) => ({ payableIds, pence, oldest }))).toEqual([
      { payableIds: ['a', 'b'], pence: 5500, oldest: '2026-11-02' },
      { payableIds: ['c'], pence: 2750, oldest: '2026-11-09' },
    ])
  })
  test('says everything that is missing', () => {
    const [group] = groupDue([
      row({ supplier: null, order: null, costCode: null, caseReference: null, payeeId: null }),
    ])
    expect(group?.blocks).toEqual(['supplier', 'order', 'payee'])
  })
  test('what comes back makes it smaller; a sum of nothing needs no account; less than nothing waits', () => {
    const credit = (pence: number, payeeId: string | null = 'y') =>
      groupDue([row({ payeeId }), row({ id: 'b', pence, payeeId })])[0]
    expect(credit(-750)).toMatchObject({ pence: 2000, credits: 750, blocks: [] })
    expect(credit(-2750, null)).toMatchObject({ pence: 0, blocks: [] })
    expect(credit(-2751)).toMatchObject({ pence: -1, blocks: ['credit'] })
  })
  test('nothing is lost or counted twice, and nothing below zero is ever paid', () => {
    const any = fc.record({
      providerId: fc.constantFrom('p', 'q'),
      personId: fc.constantFrom('n', 'm'),
      order: fc.constantFrom('PO-1', 'PO-2', null),
      pence: fc.integer({ min: -5000, max: 5000 }).filter((pence) => pence !== 0),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (rows) => {
        const due = rows.map((one, index) => row({ ...one, id: String(index) }))
        const groups = groupDue(due)
        expect(groups.reduce((sum, { pence }) => sum + pence, 0)).toBe(
          due.reduce((sum, { pence }) => sum + pence, 0),
        )
        expect(groups.flatMap(({ payableIds }) => payableIds).sort()).toEqual(due.map(({ id }) => id).sort())
        expect(groups.filter((group) => isPayable(group) && group.pence < 0)).toEqual([])
      }),
    )
  })
})
