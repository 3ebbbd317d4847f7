import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findHref, parseFind } from '#services/discovery/find.schema.ts'
import { anyText } from '#tests/factories/text.ts'

const parse = (query: string) => parseFind(new URLSearchParams(query))

describe('the address of a search', () => {
  test('is read into what can be searched for', () => {
    const { wish, errors } = parse(
      'q=gardening&near=OL1&within=5&category=help_at_home&category=nights&kind=charity&setting=at_home&for=dementia&day=tuesday&day=1&regulated=no&max=%C2%A325&sort=price&page=2',
    )
    expect(errors).toEqual({})
    expect(wish).toEqual({
      text: 'gardening',
      near: 'OL1',
      withinMiles: 5,
      categories: ['help_at_home', 'nights'],
      kinds: ['charity'],
      settings: ['at_home'],
      audiences: ['dementia'],
      days: [1, 2],
      hours: null,
      starting: null,
      sizes: [],
      languages: [],
      access: [],
      checks: [],
      workers: [],
      open: false,
      fund: null,
      regulated: false,
      maxPence: 2_500,
      per: null,
      sort: 'price',
      page: 2,
    })
  })
  test('what somebody needs, who comes, and when they are free', () => {
    const address =
      '/find?day=tuesday&size=one&language=polish&language=makaton&access=step_free&access=hearing_loop&checked=dbs&worker=woman&open=yes&from=10&until=12&starting=2026-12-01'
    const { wish, typed, errors } = parse(address.slice(6))
    expect(errors).toEqual({})
    expect(wish).toMatchObject({
      days: [2],
      hours: { from: 10, until: 12, all: true },
      starting: '2026-12-01',
      sizes: ['one'],
      languages: ['polish', 'makaton'],
      access: ['step_free', 'hearing_loop'],
      checks: ['dbs'],
      workers: ['woman'],
      open: true,
    })
    expect(findHref(typed)).toBe(address)
  })
  test('one of two hours alone is an hour; from when on alone is at any hour', () => {
    expect(parse('from=9').wish.hours).toEqual({ from: 9, until: 10, all: true })
    expect(parse('until=18').wish.hours).toEqual({ from: 17, until: 18, all: true })
    expect(parse('starting=2026-12-01').wish.hours).toEqual({ from: 0, until: 24, all: false })
    expect(Object.keys(parse('from=12&until=10').errors)).toEqual(['until'])
    expect(parse('from=12&until=10').typed).toMatchObject({ from: '12', until: '10' })
    expect(Object.keys(parse('from=25&until=x&starting=soon&fund=1&open=no').errors).sort()).toEqual([
      'from',
      'fund',
      'open',
      'starting',
      'until',
    ])
  })
  test('what is free is for no unit', () => {
    expect(parse('max=10&per=session').wish).toMatchObject({ maxPence: 1_000, per: 'session' })
    const free = parse('max=0&per=session')
    expect(free.wish).toMatchObject({ maxPence: 0, per: null })
    expect(findHref(free.typed)).toBe('/find?max=0')
    expect(Object.keys(parse('per=fortnight').errors)).toEqual(['per'])
  })
  test('without anything asks for everything, best fit first', () => {
    const { wish, errors } = parse('')
    expect(errors).toEqual({})
    expect(wish).toMatchObject({
      text: '',
      near: '',
      withinMiles: null,
      maxPence: null,
      sort: 'best',
      page: 1,
    })
  })
  test('leaves empty values out', () => {
    expect(parse('q=&category=&within=&max=&regulated=&day=&page=').errors).toEqual({})
  })
  test.each([
    ['within=-1', 'within'],
    ['within=banana', 'within'],
    ['within=1e9', 'within'],
    ['within=0', 'within'],
    ['max=-5', 'max'],
    ['max=cheap', 'max'],
    ['max=99999999', 'max'],
    ['category=witchcraft', 'category'],
    ['kind=;drop table', 'kind'],
    ['for=cats', 'for'],
    ['setting=moon', 'setting'],
    ['day=someday', 'day'],
    ['day=8', 'day'],
    ['regulated=maybe', 'regulated'],
    ['sort=money', 'sort'],
    ['page=0', 'page'],
    ['page=1000000000', 'page'],
    ['page=-3', 'page'],
    ['page=2.5', 'page'],
    [`q=${'a'.repeat(10_000)}`, 'q'],
    [`near=${'b'.repeat(500)}`, 'near'],
  ])('%s is told beside its field, and the rest is kept', (query, field) => {
    const { wish, typed, errors } = parse(`${query}&for=dementia&day=friday${field === 'q' ? '' : '&q=walk'}`)
    expect(Object.keys(errors)).toEqual([field])
    expect(errors[field as keyof typeof errors]).toMatch(/^[A-Z].*\.$/)
    expect(typed.for).toEqual(['dementia'])
    expect(typed.day).toEqual(['friday'])
    if (field !== 'q') expect(wish.text).toBe('walk')
  })
  test('long words are cut to what was searched for', () => {
    const { wish, typed } = parse(`q=${'word '.repeat(3_000)}`)
    expect(wish.text.length).toBeLessThanOrEqual(200)
    expect(typed.q).toBe(wish.text)
  })
  test('null bytes, half characters and marks of direction are taken out', () => {
    const params = new URLSearchParams()
    params.set('q', 'gar\0den\u202e\ud800 walk\u200f')
    expect(parseFind(params).wish.text).toBe('gar den walk')
  })
  test('never throws, whatever it holds, and what it makes of it reads back the same', () => {
    const name = fc.constantFrom(
      'q',
      'near',
      'within',
      'category',
      'kind',
      'setting',
      'for',
      'day',
      'regulated',
      'max',
      'sort',
      'page',
      'x',
    )
    const value = fc.oneof(
      anyText(250),
      fc.constantFrom(
        'tuesday',
        'nursing',
        '5',
        'free',
        '25',
        'yes',
        'price',
        '🦆',
        "' OR 1=1 --",
        '{{7*7}}',
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (pairs) => {
        const first = parseFind(new URLSearchParams(pairs))
        const again = parseFind(new URLSearchParams(findHref(first.typed).split('?')[1] ?? ''))
        expect({ ...again.wish, page: 0 }).toEqual({ ...first.wish, page: 0 })
      }),
      { numRuns: 200 },
    )
  })
  test('a link keeps what is on and goes back to the first page', () => {
    const { typed } = parse('q=walk&day=tuesday&day=friday&max=12.50&page=3')
    expect(findHref(typed, { day: ['friday'] })).toBe('/find?q=walk&day=friday&max=12.50')
    expect(findHref(typed, { q: '', day: [], max: '' })).toBe('/find')
  })
})
