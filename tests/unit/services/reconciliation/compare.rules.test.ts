import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Temporal } from '#services/kernel/time.ts'
import { compareLoose, compareMatched } from '#services/reconciliation/compare-bank.rules.ts'
import { compareCards, compareLoads } from '#services/reconciliation/compare-cards.rules.ts'
import {
  type KithsPayment,
  type ServiceMovement,
  comparePayments,
  comparePayouts,
} from '#services/reconciliation/compare-payments.rules.ts'
import {
  type RunPayment,
  againstLedger,
  otherAmounts,
  unanswered,
  workingDaysBefore,
} from '#services/reconciliation/compare-runs.rules.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const OWNER = { councilId: null, providerId: 'p', name: 'Weavers Care Co-op' }
const payment = (changes: Partial<KithsPayment> = {}): KithsPayment => ({
  id: 'x', pence: 2_750, state: 'confirmed', back: 0, questioned: false, inTime: true, councilId: 'c', ...changes,
}) // prettier-ignore
const movement = (changes: Partial<ServiceMovement> = {}): ServiceMovement => ({
  reference: 'txn', kind: 'payment', gross: 2_750, payment: 'x', ...changes,
}) // prettier-ignore
const keys = (found: readonly { key: string }[]) => found.map(({ key }) => key)

describe('the payment service', () => {
  test('agrees when it took what Kith has as paid', () => {
    expect(comparePayments([movement()], [payment()], OWNER)).toEqual([])
  })
  test.each([
    ['took nothing of what is paid here', [], payment(), 'taken', 2_750, 0],
    ['took another sum', [movement({ gross: 2_700 })], payment(), 'taken', 2_750, 2_700],
    ['took what failed here', [movement()], payment({ state: 'failed', inTime: false }), 'taken', 0, 2_750],
    [
      'gave back what nobody knows of',
      [movement(), movement({ kind: 'refund', gross: -750 })],
      payment(),
      'back',
      0,
      750,
    ],
    ['gave nothing back of what is back here', [movement()], payment({ back: 750 }), 'back', 750, 0],
    [
      'has a question that nobody knows of',
      [movement(), movement({ kind: 'dispute', gross: -2_750 })],
      payment(),
      'questioned',
      0,
      2_750,
    ],
  ] as const)('%s: one item', (_what, movements, known, kind, ledgerPence, outsidePence) => {
    expect(comparePayments([...movements], [known], OWNER)).toMatchObject([
      { key: `payments:x:${kind}`, councilId: 'c', providerId: 'p', ledgerPence, outsidePence },
    ])
  })
  test('may have been asked by a bank about what Kith knows of, and may have won', () => {
    const asked = movement({ kind: 'dispute', gross: -2_750 })
    expect(comparePayments([movement(), asked], [payment({ questioned: true })], OWNER)).toEqual([])
    const won = movement({ kind: 'dispute_returned', gross: 2_750 })
    expect(comparePayments([movement(), asked, won], [payment()], OWNER)).toEqual([])
  })
  test('moved money for nothing that Kith knows: an item of nobody’s payment; payouts and fees are none', () => {
    const found = comparePayments(
      [
        movement({ payment: null }),
        movement({ kind: 'payout', payment: null }),
        movement({ kind: 'fee', payment: null }),
      ],
      [],
      OWNER,
    )
    expect(found).toMatchObject([{ key: 'payments:movement:txn', ledgerPence: null, outsidePence: 2_750 }])
  })
  test('says of a payment that ended before the time nothing, unless it took it in the time', () => {
    expect(comparePayments([], [payment({ inTime: false })], OWNER)).toEqual([])
  })
  test('never has two items of the same key, whatever it moved', () => {
    const kind = fc.constantFrom('payment', 'payment_failed', 'refund', 'refund_failed', 'dispute', 'dispute_returned', 'payout') // prettier-ignore
    const moved = fc.uniqueArray(
      fc.record({ reference: fc.uuid(), kind, gross: fc.integer({ min: -5_000, max: 5_000 }), payment: fc.constantFrom('x', 'y', null) }),
      { selector: ({ reference }) => reference, maxLength: 12 },
    ) // prettier-ignore
    fc.assert(
      fc.property(moved, (movements) => {
        const found = keys(
          comparePayments(movements, [payment(), payment({ id: 'y', state: 'sent', inTime: false })], OWNER),
        )
        expect(new Set(found).size).toBe(found.length)
      }),
    )
  })
  test('ended a payout otherwise than Kith has it; one on its way is no item', () => {
    const there = { reference: 'po', status: 'failed' as const, pence: 5_000 }
    expect(comparePayouts([there], [{ reference: 'po', state: 'failed', pence: 5_000 }], OWNER)).toEqual([])
    expect(keys(comparePayouts([there], [{ reference: 'po', state: 'paid', pence: 5_000 }], OWNER))).toEqual([
      'payments:payout:po',
    ])
    expect(keys(comparePayouts([there], [], OWNER))).toEqual(['payments:payout:po'])
    expect(comparePayouts([{ ...there, status: 'on_its_way' }], [], OWNER)).toEqual([])
  })
})

describe('payment runs', () => {
  test.each([
    ['in a plain week', '2026-11-27', '2026-11-23'],
    ['over a weekend', '2026-11-24', '2026-11-18'],
    ['over Christmas', '2026-12-31', '2026-12-23'],
  ])('%s four working days before %s is %s', (_when, today, before) => {
    expect(workingDaysBefore(day(today), 4).toString()).toBe(before)
  })
  test('without results are one item each', () => {
    const run = {
      runId: 'r',
      number: 12,
      councilId: 'c',
      sentOn: day('2026-11-16'),
      payments: 14,
      pence: 90_000,
    }
    expect(unanswered([run])).toMatchObject([
      { key: 'run:r:unanswered', ledgerPence: 90_000, outsidePence: null },
    ])
  })
  const none = { sent: null, confirmed: null, failed: null, returned: null }
  const of = (state: RunPayment['state'], posted: Partial<RunPayment['posted']>): RunPayment => ({
    paymentId: 'x', runNumber: 12, councilId: 'c', providerId: 'p', provider: 'Weavers', state, pence: 100, posted: { ...none, ...posted },
  }) // prettier-ignore
  test.each([
    ['started', {}],
    ['cancelled', {}],
    ['sent', { sent: 100 }],
    ['confirmed', { sent: 100, confirmed: 100 }],
    ['failed', { sent: 100, failed: 100 }],
    ['failed', {}],
    ['returned', { sent: 100, confirmed: 100, returned: 100 }],
  ] as const)('a payment that is %s agrees with %j', (state, posted) => {
    expect(againstLedger([of(state, posted)])).toEqual([])
  })
  test.each([
    ['sent', {}, 0, 100],
    ['sent', { sent: 90 }, 90, 100],
    ['confirmed', { sent: 100 }, 100, 100],
    ['failed', { sent: 100 }, 100, 0],
    ['cancelled', { sent: 100 }, 100, 0],
  ] as const)('a payment that is %s does not agree with %j', (state, posted, ledgerPence, outsidePence) => {
    expect(againstLedger([of(state, posted)])).toMatchObject([
      { key: 'run:payment:x:ledger', ledgerPence, outsidePence },
    ])
  })
  test('a result of another amount is an item of its payment', () => {
    const result = { paymentId: 'x', councilId: 'c', providerId: 'p', runNumber: 12, pence: 100, said: 90 }
    expect(otherAmounts([result])).toMatchObject([
      { key: 'run:payment:x:result', ledgerPence: 100, outsidePence: 90 },
    ])
  })
})

describe('prepaid cards', () => {
  const moved = (changes: object) => ({
    id: 't', councilId: 'c', movement: 'purchase' as const, state: 'cleared' as const, pence: 500, merchant: 'Hartley', last4: '4242', forVisit: false, heldPence: 500, held: 0, spent: 500, ...changes,
  }) // prettier-ignore
  test.each([
    ['taken and spent', {}],
    ['set aside', { state: 'authorised', held: 500, spent: 0 }],
    ['not taken after all', { state: 'reversed', spent: 0 }],
    ['declined', { state: 'declined', spent: 0 }],
    ['given back', { movement: 'refund', spent: -500 }],
  ])('agree when it is %s', (_what, changes) => {
    expect(compareCards([moved(changes)])).toEqual([])
  })
  test.each([
    ['taken and not spent', { spent: 0 }],
    ['taken and spent in part', { spent: 499 }],
    ['taken and still set aside', { held: 500 }],
    ['declined and spent', { state: 'declined' }],
    ['cash that is only set aside', { movement: 'cash', held: 500, spent: 0 }],
    ['a fee that was taken and not spent', { movement: 'fee', spent: 0 }],
    ['given back and still spent', { movement: 'refund', spent: 0 }],
    ['given back and spent once more', { movement: 'refund', spent: 500 }],
  ])('differ when it is %s', (_what, changes) => {
    expect(keys(compareCards([moved(changes)]))).toEqual(['cards:t'])
  })
})

describe('what was put on the cards of a fund', () => {
  const fund = {
    allocationId: 'a', councilId: 'c', last4: '4242', asks: true, loaded: 42_000, funded: 42_000,
  } // prettier-ignore
  test.each([
    ['all that arrived is on the card', {}],
    ['a scheme that asks has nothing on it, for a fund that has nothing', { loaded: 0, funded: 0 }],
    ['a scheme’s files say nothing of it', { asks: false, loaded: 0 }],
    ['a scheme’s file with the last instalment has not come', { asks: false, loaded: 21_000 }],
  ])('agrees when %s', (_what, changes) => {
    expect(compareLoads([{ ...fund, ...changes }])).toEqual([])
  })
  test.each([
    ['less is on the card than arrived', { loaded: 21_000 }],
    ['nothing was put on it', { loaded: 0 }],
    ['more is on the card than arrived', { loaded: 42_001 }],
    ['a scheme’s file has more than arrived', { asks: false, loaded: 84_000 }],
  ])('differs when %s', (_what, changes) => {
    const found = { ...fund, ...changes }
    expect(compareLoads([found])).toMatchObject([
      { key: 'cards:loads:a', councilId: 'c', ledgerPence: found.funded, outsidePence: found.loaded },
    ])
  })
})

describe('bank files', () => {
  const line = { lineId: 'l', councilId: 'c', providerId: null, bookedOn: day('2026-11-16'), pence: -2_750 }
  const matched = { ...line, subject: 'payment' as const, subjectId: 's', stands: true, subjectPence: 2_750 }
  test('agree when a line’s subject stands with the same amount, whichever way it went', () => {
    expect(compareMatched([matched, { ...matched, pence: 2_750 }])).toEqual([])
  })
  test.each([
    ['its subject has not arrived', { stands: false }, 0],
    ['its subject has another amount', { subjectPence: 2_700 }, 2_700],
  ])('differ when %s', (_what, changes, ledgerPence) => {
    expect(compareMatched([{ ...matched, ...changes }])).toMatchObject([
      { key: 'bank:l:matched', ledgerPence, outsidePence: 2_750 },
    ])
  })
  test('hold lines that are nobody’s, without the bank’s words', () => {
    expect(compareLoose([{ ...line, account: 'council', suggested: false }])).toMatchObject([
      { key: 'bank:l:loose', outsidePence: -2_750, words: 'A bank’s line of Monday 16 November 2026, £27.50 out, on the council’s account is nothing that Kith knows.' },
    ]) // prettier-ignore
  })
})
