import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { needsOf, type CaseFacts } from '#services/holding/caseload.rules.ts'
import { caseloadCsv } from '#services/holding/caseload-csv.rules.ts'
import { isWord, wordFor } from '#services/holding/paying.rules.ts'

const terms = fc.option(
  fc.record({
    startsOn: fc.constantFrom('2026-01-01', '2026-12-01'),
    endsOn: fc.constantFrom(null, '2026-06-30', '2027-01-01'),
    mostAtOncePence: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: null }),
    standing: fc.boolean(),
  }),
  { nil: null },
)
const amount = fc.integer({ min: 1, max: 20_000 })

describe('whose word there is', () => {
  test('a managed account pays nothing without the person’s word, whatever was agreed', () => {
    fc.assert(
      fc.property(terms, amount, (agreed, pence) => {
        const word = wordFor({
          deployment: 'direct_payment_managed_account',
          terms: agreed,
          pence,
          told: null,
          today: '2026-11-02',
        })
        expect(isWord(word)).toBe(word === 'standing')
        if (word === 'standing') expect(agreed?.standing).toBe(true)
      }),
    )
  })
  test('above what was agreed for one payment, nothing is paid without asking', () => {
    fc.assert(
      fc.property(
        terms,
        amount,
        fc.constantFrom('direct_payment_managed_account' as const, 'individual_service_fund' as const),
        (agreed, pence, deployment) => {
          const word = wordFor({ deployment, terms: agreed, pence, told: null, today: '2026-11-02' })
          if (agreed?.mostAtOncePence && pence > agreed.mostAtOncePence) expect(isWord(word)).toBe(false)
          if (agreed === null) expect(isWord(word)).toBe(false)
        },
      ),
    )
  })
  test('the person’s own word is good for the amount that they saw, and for no other', () => {
    fc.assert(
      fc.property(terms, amount, amount, (agreed, pence, toldPence) => {
        const word = wordFor({
          deployment: 'individual_service_fund',
          terms: agreed,
          pence,
          told: { pence: toldPence },
          today: '2026-11-02',
        })
        expect(word).toBe(pence === toldPence ? 'told' : 'amount_changed')
      }),
    )
  })
})

const NOTHING: CaseFacts = {
  instructions: 0,
  messages: 0,
  waitsDays: null,
  toPay: 0,
  onTheWay: 0,
  breaches: 0,
  reviewIn: null,
  insuranceIn: null,
  payInOwed: 0,
  agreementMissing: false,
  endedWith: null,
}

describe('what needs doing', () => {
  test.each([
    [{}, []],
    [{ reviewIn: 31, insuranceIn: 31 }, []],
    [{ endedWith: 500 }, ['It has ended, and £5.00 is left in it']],
    [{ reviewIn: 0 }, ['Review is due today']],
    [{ reviewIn: -1, insuranceIn: 30 }, ['Review was due 1 day ago', 'Insurance ends in 30 days']],
    [{ instructions: 2, waitsDays: 0 }, ['2 requests to pay waiting, the oldest since today']],
    [{ messages: 1, waitsDays: 1 }, ['1 message waiting, the oldest for 1 day']],
    [
      { agreementMissing: true, payInOwed: 500 },
      ['£5.00 was due into it and has not arrived', 'No agreement is written down: ask the council'],
    ],
    [
      { breaches: 1, toPay: 100, instructions: 1, waitsDays: 3 },
      ['1 request to pay waiting, the oldest for 3 days', '£1.00 to pay', '1 thing is not as agreed'],
    ],
  ] as [Partial<CaseFacts>, string[]][])('%j', (changes, words) => {
    expect(needsOf({ ...NOTHING, ...changes }).map((need) => need.words)).toEqual(words)
  })

  test('a name that a spreadsheet would run is only words in the file', () => {
    const csv = caseloadCsv([
      {
        allocationId: '',
        person: '=HYPERLINK("x")',
        fund: '+1',
        deployment: 'individual_service_fund',
        cash: 1,
        free: 0,
        setAside: 0,
        keptBack: 0,
        owed: 0,
        onTheWay: 0,
        toPay: 0,
        payInOwed: 0,
        review: null,
        insurance: null,
        ended: null,
        facts: NOTHING,
        needs: [],
      },
    ])
    expect(csv).toContain(`"'=HYPERLINK(""x"")","'+1",0.01,`)
  })
})
