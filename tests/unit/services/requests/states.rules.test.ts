import { describe, expect, test } from 'vitest'
import {
  OFFER_STATES,
  OFFER_TRANSITIONS,
  type OfferPress,
  offerBecomes,
  offerMay,
  offerMayFrom,
  type Presser,
  REQUEST_STATES,
  REQUEST_TRANSITIONS,
  type RequestPress,
  requestBecomes,
  requestMay,
  requestMayFrom,
} from '#services/requests/states.rules.ts'

const PRESSERS: readonly Presser[] = ['person', 'provider', 'clock']
const REQUEST_PRESSES = Object.keys(REQUEST_TRANSITIONS) as RequestPress[]
const OFFER_PRESSES = Object.keys(OFFER_TRANSITIONS) as OfferPress[]

/** All that is allowed; every other combination of state, press and presser is refused. */
const REQUEST_ALLOWED = ['open take person', 'open withdraw person', 'open expire clock']
const OFFER_ALLOWED = [
  'made take person',
  'made decline person',
  'made withdraw provider',
  'made lapse clock',
]

describe('a request', () => {
  test.each(
    REQUEST_STATES.flatMap((from) =>
      REQUEST_PRESSES.flatMap((press) => PRESSERS.map((by) => ({ from, press, by }))),
    ),
  )('$from, $press by $by', ({ from, press, by }) => {
    expect(requestMay(press, from, by)).toBe(REQUEST_ALLOWED.includes(`${from} ${press} ${by}`))
    expect(requestMayFrom(press).includes(from)).toBe(from === 'open')
  })
  test('ends in three ways', () => {
    expect(REQUEST_PRESSES.map(requestBecomes)).toEqual(['accepted', 'withdrawn', 'expired'])
  })
})

describe('an offer', () => {
  test.each(
    OFFER_STATES.flatMap((from) =>
      OFFER_PRESSES.flatMap((press) => PRESSERS.map((by) => ({ from, press, by }))),
    ),
  )('$from, $press by $by', ({ from, press, by }) => {
    expect(offerMay(press, from, by)).toBe(OFFER_ALLOWED.includes(`${from} ${press} ${by}`))
    expect(offerMayFrom(press).includes(from)).toBe(from === 'made')
  })
  test('ends in four ways', () => {
    expect(OFFER_PRESSES.map(offerBecomes)).toEqual(['accepted', 'declined', 'withdrawn', 'lapsed'])
  })
})
