import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  balanceRefuses,
  controlsOf,
  paysFor,
  pressesOf,
  sameSeller,
  stateRefuses,
} from '#services/cards/cards.rules.ts'
import { merchantKind } from '#services/cards/merchant-kinds.rules.ts'
import { programmeWords } from '#services/cards/programme-words.rules.ts'
import { pence } from '#services/kernel/money.ts'

const open = {
  allowedMerchants: [],
  blockedMerchants: [],
  blockedReason: '',
  mostAtOncePence: null,
  mostADayPence: null,
  mostAMonthPence: null,
  cashAllowed: false,
  mostCashADayPence: null,
}

describe('what is left', () => {
  test('lets an amount through exactly when it is not more', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.nat(1_000_000),
        fc.option(fc.nat(1_000_000)),
        (amount, left, room) => {
          const refused = balanceRefuses(pence(amount), pence(left), room === null ? null : pence(room))
          expect(refused === null).toBe(amount <= left)
          if (refused?.upTo) expect(balanceRefuses(refused.upTo, pence(left), null)).toBeNull()
        },
      ),
    )
  })
  test('of nothing, nothing would have worked', () => {
    expect(balanceRefuses(pence(1), pence(0), null)).toEqual({ upTo: null })
  })
})

describe('who a shop is', () => {
  test.each([
    ['HARTLEY ELECTRICAL LTD MILLGATE', 'Hartley Electrical', true],
    ['Lathe & Loom', 'Lathe and Loom CIC', true],
    ['ST ANNES CARE', 'St Anne’s Care', true],
    ['LARKHILL COMMUNITY CARE', 'Larkhill Community Care Cooperative', true],
    ['LARKHILL', 'Larkhill Community Care Cooperative', false],
    ['Larkhill Carers', 'Larkhill Care', false],
    ['', 'Larkhill Care', false],
    ['Larkhill Care', '', false],
    ['Ltd', 'Limited', false],
  ])('%s is %s: %s', (merchant, known, same) => expect(sameSeller(merchant, known)).toBe(same))
})

describe('which waiting visits an amount pays', () => {
  const waits = (...amounts: number[]) =>
    amounts.map((amount, at) => ({ id: String(at), pence: pence(amount) }))
  test.each([
    ['one of them', 2_750, [2_000, 2_750], ['1']],
    ['the oldest of equal ones', 2_750, [2_750, 2_750], ['0']],
    ['all of them together', 4_750, [2_000, 2_750], ['0', '1']],
    ['neither', 4_749, [2_000, 2_750], null],
    ['nothing, when none waits', 100, [], null],
  ])('%s', (_name, amount, all, ids) => expect(paysFor(pence(amount), waits(...all))).toEqual(ids))
})

test('a programme says what works before what does not', () => {
  expect(programmeWords(open)).toEqual([
    'Works in every kind of shop.',
    'As long as there is money in the fund.',
    'No cash from machines.',
  ])
  expect(
    programmeWords({
      ...open,
      blockedMerchants: ['7995', '0001'],
      blockedReason: 'Betting is not support.',
      mostAtOncePence: 5_000,
      mostAMonthPence: 20_000,
      cashAllowed: true,
      mostCashADayPence: 2_000,
    }),
  ).toEqual([
    'Works in every kind of shop but these: Betting, 0001.',
    'Why: Betting is not support.',
    'Up to £50.00 at once, £200.00 a month, while there is money in the fund.',
    'Cash can be taken out, up to £20.00 a day.',
  ])
  expect(programmeWords({ ...open, allowedMerchants: ['5411'] })[0]).toBe(
    'Works in these kinds of shop: Supermarkets.',
  )
})

test('kinds that are named are the only ones; others are left out', () => {
  expect(controlsOf(open).shops).toBeNull()
  expect(controlsOf({ ...open, allowedMerchants: ['5411'] }).shops).toEqual({ only: ['5411'] })
  expect(controlsOf({ ...open, blockedMerchants: ['7995'] }).shops).toEqual({ not: ['7995'] })
})

test('only a card that works pays, and an ended one cannot be pressed', () => {
  expect(
    ['waiting', 'active', 'frozen', 'replaced', 'closed'].map((state) => stateRefuses(state as 'active')),
  ).toEqual(['not_active', null, 'frozen', 'ended', 'ended'])
  expect([pressesOf('replaced'), pressesOf('closed')]).toEqual([[], []])
})

test('a kind of shop is named, or shown by its code', () => {
  expect([merchantKind('5411'), merchantKind('0742'), merchantKind('')]).toEqual([
    'Supermarkets',
    'Kind of shop 0742',
    null,
  ])
})
