import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACCESS_CODES } from '#services/catalogue/access.ts'
import type { ServiceFacts } from '#services/catalogue/service-facts.ts'
import { AUDIENCES, CATEGORIES, PROVIDER_KINDS, SETTINGS } from '#services/discovery/vocabulary.ts'
import { UNITS } from '#services/bookings/terms.schema.ts'
import type { EasyPart } from '#services/easy-read/lines.ts'
import {
  moneyPart,
  needPart,
  ownWordsPart,
  payingPart,
  whatPart,
  type EasyService,
} from '#services/easy-read/service-parts.rules.ts'
import {
  askPart,
  changePart,
  questionPart,
  safePart,
  saidPart,
  whenPart,
} from '#services/easy-read/service-trust.rules.ts'
import { faultsOf } from '#tests/support/easy-read.ts'

const FACTS: ServiceFacts = {
  category: 'help_at_home',
  setting: 'at_home',
  funded: 'bought',
  audiences: ['older_people'],
  minAge: 18,
  maxAge: null,
  languages: ['English'],
  access: [],
  workers: [],
  venue: null,
  comes: { miles: 5, from: 'Lockside' },
  personalCare: false,
  regulation: 'not_regulated',
  price: {
    total: 1_850,
    unit: 'hour',
    travelIn: true,
    dearer: [{ when: 'weekend', total: 2_200 }],
    shortest: { minutes: 120, total: 3_450 },
    counted: 'actual_minutes',
    toleranceMinutes: 5,
  },
  noticeHours: 48,
  cancelWindowHours: 24,
  cancelShareBps: 5_000,
  noAnswerShareBps: 10_000,
  endNoticeDays: 14,
  contingency: 'I ring by 8am; Pat, whom you have met, can come instead, or we find another day.',
}
const PAGE: EasyService['page'] = {
  id: 'id',
  slug: 'a-hand',
  title: 'A hand',
  summary: 'Their summary; with a semicolon.',
  happens: ['What happens, in their words.'],
  provider: {
    id: 'p',
    slug: 'rahma',
    name: 'Rahma',
    kind: 'micro_enterprise',
    userLed: false,
    phone: '01632 960321',
    website: null,
  },
  photos: [],
  tags: [],
  facts: [],
  regulation: { regulated: false, words: '' },
  price: null,
  freeWords: null,
  nextFree: 'Tuesday 3 March, 9am',
  nextFreeOn: '2027-03-03',
  hours: ['Monday to Friday, 9am to 5pm'],
  asks: ['question', 'meet'],
  whyNot: null,
  notBookable: null,
  intoWeek: false,
  terms: [],
  checks: [],
  said: { count: 0, newest: null, spreads: [], reviews: [] },
  allReviews: false,
  regulator: { rating: 'not_required', date: null, href: null },
  confirmed: '1 March 2027',
  paying: { kind: 'anybody', signedIn: false },
}
const service = (
  facts: Partial<ServiceFacts> = {},
  page: Partial<EasyService['page']> = {},
): EasyService => ({
  facts: { ...FACTS, ...facts },
  page: { ...PAGE, ...page },
})
const said = ({ lines }: EasyPart): string[] => lines.map(({ words }) => words)
const all = (one: EasyService): EasyPart[] => [
  whatPart(one),
  moneyPart(one),
  ...[payingPart(one)].flatMap((part) => part ?? []),
  whenPart(one),
  needPart(one),
  changePart(one),
  safePart(one),
  saidPart(one),
  ownWordsPart(one),
  questionPart(one),
  askPart(one),
]

describe('what it is', () => {
  test('says who comes, where, and for whom', () => {
    expect(said(whatPart(service()))).toEqual([
      'They help you at home.',
      'Rahma comes to your home.',
      'They come up to 5 miles from Lockside.',
      'It is for older people.',
      'You must be 18 or older.',
      'It is very small. Often it is one or two people.',
    ])
  })
  test('says what the sector calls it, and shows that word', () => {
    const part = whatPart(service({ category: 'personal_care' }))
    expect(part.lines[1]).toMatchObject({ words: 'This is called personal care.', hard: 'personal care' })
  })
  test('a name that would make the sentence long is left out of it', () => {
    const provider = { ...PAGE.provider, name: 'The Aldermere and District Home Support Company Limited' }
    expect(said(whatPart(service({}, { provider })))).toContain('They come to your home.')
  })
  test('an address, several people, and ages at both ends', () => {
    const part = whatPart(
      service({
        setting: 'at_venue',
        comes: null,
        venue: 'Fenside Hall, Fen Road, Millgate',
        audiences: ['dementia', 'carers'],
        minAge: 18,
        maxAge: 25,
      }),
    )
    expect(said(part)).toContain('You go to their place.')
    expect(part.lines.find(({ words }) => words === 'This is where it is:')?.items).toEqual([
      'Fenside Hall, Fen Road, Millgate',
    ])
    expect(part.lines.find(({ words }) => words === 'It is for these people:')?.items).toEqual([
      'people with dementia',
      'carers',
    ])
    expect(said(part)).toContain('You must be between 18 and 25 years old.')
  })
  test('without an age or people it is for anybody, and no age is named', () => {
    const words = said(whatPart(service({ audiences: [], minAge: null })))
    expect(words).toContain('It is for anybody.')
    expect(words.join(' ')).not.toMatch(/You must be/)
  })
})

describe('money', () => {
  test('the whole price first, then what changes it', () => {
    expect(said(moneyPart(service()))).toEqual([
      'It costs £18.50 for one hour.',
      'Travel is in the price. You pay nothing more.',
      'The shortest visit is 2 hours. It costs £34.50.',
      'On Saturday and Sunday it costs £22.00.',
      'You pay for the time it took. A few minutes more or less change nothing.',
    ])
  })
  test.each([
    ['free', 'It is free. Nobody pays.'],
    ['commissioned', 'A council or the NHS pays for it.'],
    ['bought', 'There is no price yet. Ask them.'],
  ] as const)('without a price: %s', (funded, words) => {
    expect(said(moneyPart(service({ funded, price: null })))).toContain(words)
  })
  test.each([
    ['day', 'It costs £18.50 for one day.'],
    ['item', 'It costs £18.50 each.'],
    ['fixed', 'It costs £18.50 in all.'],
  ] as const)('for a %s', (unit, words) => {
    const price = FACTS.price && { ...FACTS.price, unit, shortest: null }
    expect(said(moneyPart(service({ price })))[0]).toBe(words)
  })
  test('a stranger learns how it can be paid for, and where to find out', () => {
    const part = payingPart(service())
    expect(part && said(part)).toContain('You can pay from a personal budget.')
    expect(part?.lines.at(-1)?.link?.href).toBe('/sign-in?next=%2Feasy%2Fservices%2Fa-hand')
  })
  test('fund by fund: what is in it, or why it cannot pay, in its own rule’s words', () => {
    const part = payingPart(
      service(
        {},
        {
          paying: {
            kind: 'funds',
            self: true,
            shortName: 'Joan',
            mayBook: true,
            funds: [
              { id: '1', name: 'Social care', pays: 'all', left: 5_000, why: '' },
              { id: '2', name: 'Carer’s budget', pays: 'none', left: 100, why: 'It pays for breaks only.' },
            ],
          },
        },
      ),
    )
    expect(part?.lines).toMatchObject([
      { words: 'This money can pay:', items: ['Social care'], more: { words: '£50.00' } },
      {
        words: 'This money cannot pay:',
        items: ['Carer’s budget'],
        more: { words: 'It pays for breaks only.' },
      },
    ])
  })
  test('nothing about funds for what costs nothing, and nothing of whose money may not be seen', () => {
    expect(payingPart(service({}, { paying: null }))).toBeNull()
    const hidden = payingPart(service({}, { paying: { kind: 'hidden', shortName: 'Joan' } }))
    expect(hidden && said(hidden)).toEqual(['You may not see the money of Joan.'])
  })
})

describe('when, and if plans change', () => {
  test('the next time, the days, and how early to ask', () => {
    expect(said(whenPart(service()))).toEqual([
      'They are next free on Tuesday 3 March at 9am.',
      'These are the days and times:',
      'Ask at least 2 days before.',
    ])
  })
  test('nothing free and nothing said is said', () => {
    expect(said(whenPart(service({ noticeHours: 0 }, { nextFree: null, hours: [] })))).toEqual([
      'They have no free time in the next 60 days.',
      'They have not said which days. Ask them.',
    ])
  })
  test('cancelling, no answer, their absence and stopping', () => {
    const part = changePart(service())
    expect(said(part)).toEqual([
      'You can cancel. It is free until 1 day before.',
      'If you cancel later, you pay half the price.',
      'If there is no answer at your door, you pay the whole price.',
      'If they do not come, you pay nothing.',
      'What do they do if they cannot come? They say:',
      'You can stop. Tell them 14 days before.',
    ])
    // Theirs, whole, and under their name.
    expect(part.lines[4]?.theirs).toEqual({ by: 'Rahma', words: FACTS.contingency })
  })
  test.each([
    [{ cancelShareBps: 0 }, 'You can cancel. It is always free.'],
    [{ cancelWindowHours: 0 }, 'You can cancel until it starts. It is free.'],
    [{ cancelShareBps: 2_500 }, 'If you cancel later, you pay a quarter of the price.'],
    [{ cancelShareBps: 3_300 }, 'If you cancel later, you pay 33% of the price.'],
    [{ noAnswerShareBps: 0 }, 'If there is no answer at your door, you pay nothing.'],
    [{ setting: 'at_venue' }, 'If you are not there, you pay the whole price.'],
    [{ endNoticeDays: 0 }, 'You can stop at any time.'],
    [{ contingency: '' }, 'They have not said what they do if they cannot come.'],
  ])('%j', (facts, words) => {
    expect(said(changePart(service(facts)))).toContain(words)
  })
  test('what is free has no terms of money', () => {
    const words = said(changePart(service({ funded: 'free', price: null }))).join(' ')
    expect(words).not.toMatch(/pay|cancel/)
  })
})

describe('checks, the regulator and what people say', () => {
  const check = (
    kind: 'identity' | 'dbs' | 'insurance',
    tone: 'done' | 'asked' | 'stop',
    by: string | null,
  ) => ({
    key: kind + tone,
    kind,
    name: kind,
    tone,
    words: '',
    checked: tone === 'asked' ? null : '3 March 2026',
    by,
    until: null,
  })
  test('who checked what and when; what has run out or is missing is said', () => {
    const checks = [check('identity', 'done', 'Aldermere Council'), check('dbs', 'stop', 'Kith'), check('insurance', 'asked', null)] // prettier-ignore
    const words = said(safePart(service({}, { checks })))
    expect(words).toContain('Aldermere Council checked who they are. That was on 3 March 2026.')
    expect(words).toContain('This check is too old now: their police records (DBS).')
    expect(words).toContain('This is not checked yet: their insurance.')
    expect(said(safePart(service()))).toContain('Nobody has checked them yet.')
  })
  test.each([
    ['good', 'CQC says: good.'],
    ['inadequate', 'CQC says: inadequate. That means it is not good enough.'],
    ['not_yet_rated', 'CQC has not said yet how good it is.'],
    ['not_required', 'CQC does not inspect this kind of support.'],
  ] as const)('%s', (rating, words) => {
    expect(said(safePart(service({}, { regulator: { rating, date: null, href: null } })))).toContain(words)
  })
  test('figures from three people on, and words as their own', () => {
    expect(said(saidPart(service({}, { said: { ...PAGE.said, count: 2 } })))).toEqual([
      'Fewer than 3 people have said how it was.',
    ])
    const part = saidPart(
      service(
        {},
        {
          said: {
            count: 41,
            newest: 'today',
            spreads: [{ key: 'keptMeInControl', words: '', counts: [0, 1, 2, 14, 24], good: 38 }],
            reviews: [{ key: 'r', comment: 'She came; always.', when: 'November 2026', reply: null }],
          },
        },
      ),
    )
    expect(said(part)).toContain('38 of them said: I was in control.')
    expect(part.lines.at(-1)?.theirs).toEqual({ by: 'November 2026', words: 'She came; always.' })
  })
})

test('what cannot be asked for here says why, and never to press', () => {
  for (const whyNot of [
    'off_register',
    'paused',
    'full',
    'sent_on_to',
    'just_go',
    'agree_with_them',
  ] as const) {
    const part = askPart(service({}, { whyNot }))
    expect(faultsOf(part.lines)).toEqual([])
    expect(said(part).join(' ')).not.toMatch(/Press/)
  }
})

test('their own words stand whole and are cut nowhere else', () => {
  const one = service()
  expect(ownWordsPart(one).lines[0]?.theirs?.words).toBe(`${PAGE.summary}\n${PAGE.happens[0] ?? ''}`)
  const ours = all(one).flatMap(said).join(' ')
  for (const theirs of [PAGE.summary, ...PAGE.happens, FACTS.contingency]) expect(ours).not.toContain(theirs)
})

const code = (pairs: readonly (readonly [string, ...unknown[]])[]) =>
  fc.constantFrom(...pairs.map(([one]) => one))
const pence = fc.integer({ min: 1, max: 9_999_999 })
const facts: fc.Arbitrary<ServiceFacts> = fc.record({
  category: code(CATEGORIES),
  setting: code(SETTINGS),
  funded: fc.constantFrom('bought' as const, 'commissioned' as const, 'free' as const),
  audiences: fc.uniqueArray(code(AUDIENCES), { maxLength: 14 }),
  minAge: fc.option(fc.integer({ min: 0, max: 110 })),
  maxAge: fc.option(fc.integer({ min: 0, max: 110 })),
  languages: fc.uniqueArray(fc.constantFrom('English', 'Polish', 'British Sign Language', 'Urdu'), {
    maxLength: 4,
  }),
  access: fc.uniqueArray(fc.constantFrom(...ACCESS_CODES), { maxLength: 12 }),
  workers: fc.uniqueArray(fc.constantFrom('woman', 'man'), { maxLength: 2 }),
  venue: fc.option(fc.constant('Fenside Hall, Fen Road, Millgate, AL1 2AB')),
  comes: fc.option(
    fc.record({
      miles: fc.integer({ min: 1, max: 100 }),
      from: fc.option(fc.constantFrom('Lockside', 'St Anne’s', 'Aldermere Old Town')),
    }),
  ),
  personalCare: fc.boolean(),
  regulation: fc.constantFrom('registered' as const, 'exempt' as const, 'not_regulated' as const),
  price: fc.option(
    fc.record({
      total: pence,
      unit: fc.constantFrom(...UNITS),
      travelIn: fc.boolean(),
      dearer: fc.array(
        fc.record({
          when: fc.constantFrom('weekend' as const, 'bank_holiday' as const, 'evening' as const),
          total: pence,
        }),
        { maxLength: 3 },
      ),
      shortest: fc.option(fc.record({ minutes: fc.integer({ min: 5, max: 1_440 }), total: pence })),
      counted: fc.constantFrom('booked_time' as const, 'actual_minutes' as const),
      toleranceMinutes: fc.integer({ min: 0, max: 30 }),
    }),
  ),
  noticeHours: fc.integer({ min: 0, max: 1_000 }),
  cancelWindowHours: fc.integer({ min: 0, max: 1_000 }),
  cancelShareBps: fc.integer({ min: 0, max: 10_000 }),
  noAnswerShareBps: fc.integer({ min: 0, max: 10_000 }),
  endNoticeDays: fc.integer({ min: 0, max: 90 }),
  contingency: fc.constantFrom('', 'Somebody else comes.'),
})
const names = fc.constantFrom(
  'Rahma',
  'Weavers Care Co-op',
  'Deaf Together',
  'The Aldermere Home Support Company Ltd',
)

test('whatever the facts, every sentence is short, whole and about one thing', () => {
  fc.assert(
    fc.property(facts, names, code(PROVIDER_KINDS), (some, name, kind) => {
      const one = service(some, { provider: { ...PAGE.provider, name, kind } })
      expect(faultsOf(all(one).flatMap(({ lines }) => lines))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('whatever the facts, what matters most is answered: cost, when, cancelling, checks, the regulator and asking', () => {
  fc.assert(
    fc.property(facts, (some) => {
      const one = service(some)
      expect(moneyPart(one).lines.length).toBeGreaterThan(0)
      expect(whenPart(one).lines.length).toBeGreaterThan(1)
      expect(said(changePart(one)).join(' ')).toMatch(/cannot come/)
      expect(said(safePart(one)).join(' ')).toMatch(/CQC (does|says|has)|on CQC’s list/)
      expect(said(askPart(one)).join(' ')).toMatch(/Nothing is booked before they say yes/)
      if (some.funded === 'bought') expect(said(changePart(one)).join(' ')).toMatch(/You can cancel/)
    }),
  )
})
