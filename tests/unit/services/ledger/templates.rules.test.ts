import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pence } from '#services/kernel/money.ts'
import * as templates from '#services/ledger/templates.rules.ts'

const amount = fc.integer({ min: 1, max: 1_000_000 }).map(pence)
const about = { bookingId: 'b', visitId: 'v' }
const payer = { kind: 'council' as const, id: 'c' }

test('every template balances in each book and for each allocation, for any amounts', () =>
  fc.assert(
    fc.property(amount, amount, amount, amount, (x, y, held, heldToo) => {
      const one = { allocationId: '1', amount: x, ...about }
      const two = { allocationId: '2', amount: y, ...about }
      const journals = [
        templates.allocationFunded('k', '1', x),
        templates.holdPlaced('k', [one, two]),
        templates.holdReleased('k', [one, two]),
        templates.visitSettled('k', 'p', [
          { ...one, held, payer },
          { ...two, held: heldToo, payer: { kind: 'person', id: 'q' } },
        ]),
        templates.personCharged('k', 'q', 'c', x),
        templates.personPaid('k', 'q', 'c', x),
        templates.paymentSent('k', payer, 'p', x),
        templates.paymentConfirmed('k', payer, 'p', x),
        templates.paymentFailed('k', payer, 'p', x),
        templates.refund('k', 'j', 'p', [
          { ...one, payer, allocationEnded: false },
          { ...two, payer, allocationEnded: true },
        ]),
        templates.ringFenced('k', '1', x),
        templates.allocationAdjusted('k', '1', x),
      ]
      expect(journals.map(templates.imbalance)).toEqual(journals.map(() => null))
    }),
  ))

test('a journal that does not balance is found before it is posted', () => {
  const journal = templates.allocationFunded('k', '1', pence(100))
  expect(templates.imbalance({ ...journal, lines: journal.lines.slice(1) })).toMatch(/out by 100/)
})
