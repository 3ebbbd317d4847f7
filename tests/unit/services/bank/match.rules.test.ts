import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, type MoneyLine, isNamed, matchLines } from '#services/bank/match.rules.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal } from '#services/kernel/time.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'

const payment = (changes: Partial<Extract<Candidate, { type: 'payment' }>> = {}): Candidate => ({
  type: 'payment',
  id: newId(),
  reference: 'K7F3 9QXD',
  pence: 2_750,
  name: 'Weavers Care Co-op',
  startedOn: '2026-11-10',
  ...changes,
})
const instalment = (changes: Partial<Extract<Candidate, { type: 'instalment' }>> = {}): Candidate => ({
  type: 'instalment',
  id: newId(),
  allocationId: 'a',
  reference: '7F3-QX9',
  pence: 42_000,
  name: 'Thornhaugh Council',
  dueOn: '2026-11-10',
  counted: false,
  ...changes,
})
const contribution = (changes: Partial<Extract<Candidate, { type: 'contribution' }>> = {}): Candidate => ({
  type: 'contribution',
  id: newId(),
  reference: 'M4N5 PQ7R',
  pence: 3_240,
  name: 'Halima Yusuf',
  startedOn: '2026-11-10',
  ...changes,
})
const line = (description: string, pence: number, on = '2026-11-12'): MoneyLine => ({
  id: newId(),
  on,
  description,
  pence,
})
const verdict = (one: MoneyLine, candidates: readonly Candidate[]) =>
  matchLines([one], candidates).get(one.id)

describe('money that went out', () => {
  test.each([
    ['as it was given', 'WEAVERS CARE K7F3 9QXD'],
    ['in small letters, with a dash', 'weavers care k7f3-9qxd'],
    ['run together with other words', 'FPO WEAVERSK7F39QXD 12NOV'],
  ])('the reference %s and the amount are exact', (_name, words) => {
    const paid = payment()
    expect(verdict(line(words, -2_750), [paid, payment({ reference: 'AAAA BBBB' })])).toEqual({
      state: 'matched',
      subject: paid,
    })
  })
  test.each([
    ['a penny more', -2_751],
    ['a penny less', -2_749],
  ])('with %s it does not count as paid, and says why', (_name, pence) => {
    expect(verdict(line('K7F3 9QXD', pence), [payment()])).toMatchObject({
      state: 'unmatched',
      why: expect.stringMatching(
        /but that is £27\.50 and this is £27\.(51|49)\. It does not count as paid\./,
      ) as unknown,
    })
  })
  test('money that came in is never a payment that went out', () => {
    expect(verdict(line('K7F3 9QXD', 2_750), [payment()])?.state).toBe('unmatched')
  })
  test('before it was begun it is only asked about', () => {
    expect(verdict(line('K7F3 9QXD', -2_750, '2026-11-09'), [payment()])).toMatchObject({
      state: 'suggested',
      why: expect.stringContaining('before you began') as unknown,
    })
    expect(verdict(line('K7F3 9QXD', -2_750, '2026-11-10'), [payment()])?.state).toBe('matched')
  })
  test('without the reference it is only asked about, the one with the name first', () => {
    const [other, weavers] = [payment({ reference: 'AAAA BBBB', name: 'Otter Swim Buddies' }), payment()]
    expect(verdict(line('WEAVERS CARE CO', -2_750), [other, weavers])).toMatchObject({
      state: 'suggested',
      subject: weavers,
      why: expect.stringMatching(
        /The reference K7F3 9QXD is not there\. Others are possible too\.$/,
      ) as unknown,
    })
    expect(verdict(line('WEAVERS CARE CO', -2_750, '2026-12-31'), [weavers])?.state).toBe('unmatched')
  })
  test('a line that names one payment is not put to another of the same amount', () => {
    expect(
      verdict(line('K7F3 9QXD', -3_000), [payment(), payment({ reference: 'AAAA BBBB', pence: 3_000 })]),
    ).toMatchObject({
      state: 'unmatched',
    })
  })
  test('two references in one line are a question', () => {
    const two = [payment(), payment({ reference: 'AAAA BBBB' })]
    expect(verdict(line('K7F39QXD AAAABBBB', -2_750), two)).toMatchObject({ state: 'suggested' })
  })
  test('the second line with the same reference says that it was paid twice', () => {
    const [first, second] = [line('K7F3 9QXD', -2_750), line('K7F3 9QXD', -2_750, '2026-11-13')]
    const verdicts = matchLines([second, first], [payment()])
    expect(verdicts.get(first.id)?.state).toBe('matched')
    expect(verdicts.get(second.id)).toMatchObject({
      state: 'unmatched',
      why: expect.stringContaining('Was it paid twice?') as unknown,
    })
  })
})

describe('money that came in', () => {
  test.each([
    ['on its day, whoever it says', 'BACS CREDIT', '2026-11-10'],
    ['three days before', 'BACS CREDIT', '2026-11-07'],
    ['three days after', 'BACS CREDIT', '2026-11-13'],
    ['late, with the council’s name', 'THORNHAUGH CNCL 7781', '2026-11-25'],
    ['late, with the fund’s reference', 'BGC 7f3-qx9', '2026-11-25'],
  ])('the amount that is due, %s, is exact', (_name, words, on) => {
    const due = instalment()
    expect(verdict(line(words, 42_000, on), [due])).toEqual({ state: 'matched', subject: due })
  })
  test.each([
    ['four days before, without a name', 'BACS CREDIT', 42_000, '2026-11-06', 'suggested'],
    ['four days before, with the name', 'THORNHAUGH COUNCIL', 42_000, '2026-11-06', 'suggested'],
    ['two weeks before', 'THORNHAUGH COUNCIL', 42_000, '2026-10-27', 'suggested'],
    ['longer before', 'THORNHAUGH COUNCIL', 42_000, '2026-10-26', 'unmatched'],
    ['late without a name', 'BACS CREDIT', 42_000, '2026-11-20', 'suggested'],
    ['another amount with the name', 'THORNHAUGH COUNCIL', 40_000, '2026-11-10', 'suggested'],
    ['another amount without it', 'BACS CREDIT', 40_000, '2026-11-10', 'unmatched'],
    ['money that went out', 'THORNHAUGH COUNCIL', -42_000, '2026-11-10', 'unmatched'],
  ])('%s: %s', (_name, words, pence, on, state) => {
    expect(verdict(line(words, pence, on), [instalment()])?.state).toBe(state)
  })
  test('another amount than was due says both', () => {
    expect(verdict(line('THORNHAUGH COUNCIL', 40_000, '2026-11-10'), [instalment()])).toMatchObject({
      why: '£420.00 was due on Tuesday 10 November 2026, and this is £400.00. Say yes, and your fund has what came.',
    })
  })
  test('what the calendar counted already is only proved, and another sum is said', () => {
    const due = instalment({ counted: true })
    expect(verdict(line('THORNHAUGH COUNCIL', 42_000, '2026-11-10'), [due])?.state).toBe('matched')
    expect(verdict(line('THORNHAUGH COUNCIL', 40_000, '2026-11-10'), [due])).toMatchObject({
      state: 'unmatched',
      why: expect.stringContaining('is counted as arrived, but this is £400.00') as unknown,
    })
  })
  test('the same amount due in two funds on the same day is a question', () => {
    const two = [instalment(), instalment({ allocationId: 'b', reference: '222-222', name: 'The local NHS' })]
    expect(verdict(line('BACS CREDIT', 42_000, '2026-11-10'), two)).toMatchObject({
      state: 'suggested',
      why: '2 things fit this line. Say which one it is.',
    })
  })
  test('what the person pays in is theirs by their own name, and the council’s is not', () => {
    const theirs = instalment({ allocationId: 'b', pence: 6_000, name: 'Ivy Marland', reference: '222-222' })
    expect(verdict(line('I MARLAND', 6_000, '2026-11-11'), [instalment(), theirs])).toEqual({
      state: 'matched',
      subject: theirs,
    })
    expect(verdict(line('IVY MARLAND', 6_000, '2026-11-20'), [instalment(), theirs])).toMatchObject({
      state: 'matched',
    })
  })
  test('what a person owes a council is known by its reference; by name it is asked', () => {
    const owed = contribution()
    expect(verdict(line('H YUSUF M4N5PQ7R', 3_240), [owed])).toEqual({ state: 'matched', subject: owed })
    expect(verdict(line('HALIMA YUSUF', 3_240), [owed])?.state).toBe('suggested')
    expect(verdict(line('M4N5PQ7R', 3_239), [owed])?.state).toBe('unmatched')
    expect(verdict(line('M4N5PQ7R', 3_240, '2026-11-09'), [owed])?.state).toBe('suggested')
  })
})

describe('names as banks write them', () => {
  test.each([
    ['THORNHAUGH COUNCIL', 'Thornhaugh Council', true],
    ['THORNHAUGH CNCL BACS', 'Thornhaugh Council', true],
    ['ALDERMERE COUNCIL', 'Thornhaugh Council', false],
    ['THE COUNCIL', 'The Council', false],
    ['NHS PAYMENT', 'The local NHS', true],
    ['ST ANNES HOME CARE', 'St Anne’s Home Care', true],
    ['', 'Thornhaugh Council', false],
  ])('%j and %j: %s', (words, name, is) => {
    expect(isNamed(words, name)).toBe(is)
  })
})

describe('whatever is in a file', () => {
  const day = fc
    .integer({ min: 0, max: 60 })
    .map((days) => Temporal.PlainDate.from('2026-10-20').add({ days }).toString())
  const amount = fc.constantFrom(1_000, 2_750, 2_751, 42_000)
  const ids = fc.uuid({ version: 7 })
  const candidates = fc.uniqueArray(
    fc.oneof(
      fc.record({ id: ids, pence: amount, startedOn: day }).map((one): Candidate => ({
        ...one,
        type: 'payment',
        name: 'Weavers Care',
        reference: paymentReference(one.id),
      })),
      fc
        .record({ id: ids, pence: amount, dueOn: day, allocationId: fc.constantFrom('a', 'b') })
        .map((one): Candidate => ({
          ...one,
          type: 'instalment',
          name: 'Thornhaugh Council',
          reference: '7F3-QX9',
          counted: false,
        })),
      fc.record({ id: ids, pence: amount, startedOn: day }).map((one): Candidate => ({
        ...one,
        type: 'contribution',
        name: 'Halima Yusuf',
        reference: paymentReference(one.id),
      })),
    ),
    { selector: ({ id }) => id, maxLength: 8 },
  )
  const lines = (all: readonly Candidate[]) =>
    fc.array(
      fc.record({
        id: ids,
        on: day,
        pence: fc.tuple(amount, fc.boolean()).map(([pence, out]) => (out ? -pence : pence)),
        description: fc.constantFrom(
          '',
          'WEAVERS',
          'THORNHAUGH',
          'HALIMA YUSUF',
          ...all.map(({ reference }) => `FPO ${reference}`),
        ),
      }),
      { maxLength: 8 },
    )

  test('nothing is matched twice, a match is exact to the penny and in its direction, and a question has its reason', () => {
    fc.assert(
      fc.property(
        candidates.chain((all) => fc.tuple(fc.constant(all), lines(all))),
        ([all, given]) => {
          const verdicts = matchLines(given, all)
          const matched = given.flatMap((one) => {
            const found = verdicts.get(one.id)
            return found?.state === 'matched' ? [{ one, subject: found.subject }] : []
          })
          expect(new Set(matched.map(({ subject }) => subject.id)).size).toBe(matched.length)
          for (const { one, subject } of matched) {
            expect(one.pence).toBe(subject.type === 'payment' ? -subject.pence : subject.pence)
            if (subject.type !== 'instalment') {
              expect(one.description).toContain(subject.reference)
              expect(one.on >= subject.startedOn).toBe(true)
            }
          }
          for (const found of verdicts.values())
            if (found.state === 'suggested') expect(found.why).not.toBe('')
        },
      ),
    )
  })
})
