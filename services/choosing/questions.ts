import { ACCESS } from '#services/catalogue/access.ts'
import { AUDIENCES, LANGUAGES, SETTINGS, WORKERS, type CategoryCode } from '#services/discovery/vocabulary.ts'
import { NEEDS, HOMES } from './needs.ts'

/** One field of an answer; the name is also the field's in the form. */
export const FIELDS = [
  'what',
  'home',
  'for',
  'setting',
  'near',
  'day',
  'time',
  'access',
  'language',
  'worker',
  'price',
  'fund',
  'matters',
] as const
export type FieldName = (typeof FIELDS)[number]

/** Codes by field. Absent: not asked yet. Empty: asked, and they would rather not say. */
export type Answers = Partial<Record<FieldName, readonly string[]>>

export interface Option {
  value: string
  label: string
  hint?: string
  /** Offered only when an earlier answer makes sense of it. */
  offered?: (answers: Answers) => boolean
}

export interface Field {
  name: FieldName
  kind: 'several' | 'one' | 'place' | 'fund'
  label: string
  hint?: string
  options: readonly Option[]
}

export interface Question {
  step: string
  /** As the page asks it. */
  asks: string
  /** One sentence: what the answer is used for. */
  why: string
  /** What it is about, for the list of answers. */
  about: string
  /** The button for whoever does not answer. */
  skip: string
  fields: readonly Field[]
  /** Asked only when earlier answers call for it. */
  asked?: (answers: Answers, known: { hasFunds: boolean }) => boolean
}

/** More than this is a form, and no help. */
export const MOST_QUESTIONS = 12

const several = (name: FieldName, label: string, options: readonly Option[], hint?: string): Field => ({
  name,
  kind: 'several',
  label,
  options,
  ...(hint ? { hint } : {}),
})
const pairs = (list: readonly (readonly [string, string, ...string[]])[]): Option[] =>
  list.map(([value, label]) => ({ value, label }))

/** Somewhere to live is looked for by itself: hours, settings and prices for an hour mean nothing there. */
const moreThanAHome = ({ what = [] }: Answers): boolean =>
  what.length === 0 || what.some((one) => one !== 'home')
/** Where a stranger comes close to somebody's body or bed. */
const CLOSE: readonly CategoryCode[] = ['personal_care', 'nights', 'live_in', 'nursing']
const comesClose = ({ what = [], home = [] }: Answers): boolean =>
  NEEDS.some(
    ({ value, categories }) =>
      what.includes(value) && value !== 'home' && categories.some((code) => CLOSE.includes(code)),
  ) ||
  (what.includes('home') && home.includes('live_in'))

export const TIMES = [
  { value: 'early', label: 'About 8 in the morning', from: 8, words: '8am' },
  { value: 'morning', label: 'About 10 in the morning', from: 10, words: '10am' },
  { value: 'afternoon', label: 'About 2 in the afternoon', from: 14, words: '2pm' },
  { value: 'evening', label: 'About 6 in the evening', from: 18, words: '6pm' },
] as const

export const PRICES = [
  { value: 'free', label: 'Only what is free', max: '0' },
  { value: '15', label: 'Up to £15 for an hour', max: '15' },
  { value: '20', label: 'Up to £20 for an hour', max: '20' },
  { value: '25', label: 'Up to £25 for an hour', max: '25' },
  { value: '30', label: 'Up to £30 for an hour', max: '30' },
] as const

/** What can matter most. Only one: with two, nobody could say which came first. */
export const MATTERS = [
  { value: 'control', label: 'I stay in control', hint: 'People say that they decided how it was done.' },
  { value: 'same', label: 'The same faces', hint: 'Small groups, where fewer people come and go.' },
  { value: 'soon', label: 'It can begin soon' },
  { value: 'near', label: 'It is near', offered: ({ near = [] }: Answers) => near.length > 0 },
  { value: 'cheap', label: 'It costs little' },
  { value: 'user_led', label: 'It is run by people who use support', hint: 'User-led organisations.' },
] as const satisfies readonly Option[]

/** All questions, in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    step: 'what',
    asks: 'What would make life better?',
    why: 'We look for support that does this.',
    about: 'What would make life better',
    skip: 'I am not sure',
    fields: [several('what', 'What would make life better?', NEEDS, 'Choose as many as you like.')],
  },
  {
    step: 'home',
    asks: 'What kind of home?',
    why: 'These are very different ways to live, so we only show the ones you want.',
    about: 'What kind of home',
    skip: 'I am not sure',
    fields: [several('home', 'What kind of home?', HOMES, 'Choose as many as you like.')],
    asked: ({ what = [] }) => what.includes('home'),
  },
  {
    step: 'for',
    asks: 'Who is it for?',
    why: 'Some support is made for some people, by those who know it well.',
    about: 'Who it is for',
    skip: 'I would rather not say',
    fields: [
      several(
        'for',
        'Who is it for?',
        pairs(AUDIENCES),
        'Use the words that you would use. You need no paper for it.',
      ),
    ],
  },
  {
    step: 'setting',
    asks: 'Where should it happen?',
    why: 'Some people come to you. To others you go.',
    about: 'Where it happens',
    skip: 'It does not matter',
    fields: [several('setting', 'Where should it happen?', pairs(SETTINGS), 'Choose as many as you like.')],
    asked: moreThanAHome,
  },
  {
    step: 'where',
    asks: 'Where do you live?',
    why: 'So that we show what is near you, and people to talk to near you.',
    about: 'Near',
    skip: 'I would rather not say',
    fields: [
      {
        name: 'near',
        kind: 'place',
        label: 'Where do you live?',
        hint: 'A postcode, or the name of a town or a part of it. Of a postcode we keep the first half only.',
        options: [],
      },
    ],
  },
  {
    step: 'when',
    asks: 'When would you want it?',
    why: 'So that we show who has time then.',
    about: 'When',
    skip: 'Any time',
    fields: [
      several(
        'day',
        'Which days?',
        pairs([
          ['monday', 'Monday'],
          ['tuesday', 'Tuesday'],
          ['wednesday', 'Wednesday'],
          ['thursday', 'Thursday'],
          ['friday', 'Friday'],
          ['saturday', 'Saturday'],
          ['sunday', 'Sunday'],
        ]),
        'One of them is enough. Leave them all for any day.',
      ),
      {
        name: 'time',
        kind: 'one',
        label: 'What time of day?',
        hint: 'Leave it for any time.',
        options: TIMES.map(({ value, label }) => ({ value, label })),
      },
    ],
    asked: moreThanAHome,
  },
  {
    step: 'access',
    asks: 'What do you need to get in and take part?',
    why: 'We show only places and people that say they have all of it.',
    about: 'To get in and take part',
    skip: 'I need none of these',
    fields: [
      several(
        'access',
        'What do you need to get in and take part?',
        pairs(ACCESS),
        'Choose only what you cannot do without.',
      ),
    ],
  },
  {
    step: 'language',
    asks: 'Which language should they use with you?',
    why: 'So that you are understood.',
    about: 'Language',
    skip: 'English is fine',
    fields: [
      several(
        'language',
        'Which language should they use with you?',
        pairs(LANGUAGES.filter(([code]) => code !== 'english')),
        'One of them is enough.',
      ),
    ],
  },
  {
    step: 'who',
    asks: 'Would you rather have a woman or a man?',
    why: 'For close, personal help you may ask for one or the other. We use the answer for nothing else.',
    about: 'Who comes',
    skip: 'I do not mind',
    fields: [
      {
        name: 'worker',
        kind: 'one',
        label: 'Would you rather have a woman or a man?',
        hint: 'We show those who say that they can send one. Say it again when you ask them.',
        options: pairs(WORKERS),
      },
    ],
    asked: comesClose,
  },
  {
    step: 'price',
    asks: 'How much may it cost?',
    why: 'So that we leave out what is too much for you.',
    about: 'What it may cost',
    skip: 'It does not matter',
    fields: [
      {
        name: 'price',
        kind: 'one',
        label: 'How much may it cost?',
        hint: 'This looks at prices for an hour. If you choose a price, what is priced by the day or the week is left out.',
        options: PRICES.map(({ value, label }) => ({ value, label })),
      },
    ],
    asked: moreThanAHome,
  },
  {
    step: 'fund',
    asks: 'Which of your funds should pay?',
    why: 'Each fund has its own rules, so we show only what it can buy.',
    about: 'Which fund pays',
    skip: 'It does not matter',
    fields: [{ name: 'fund', kind: 'fund', label: 'Which of your funds should pay?', options: [] }],
    // What is free needs no fund.
    asked: (answers, { hasFunds }) =>
      hasFunds && !(moreThanAHome(answers) && (answers.price ?? []).includes('free')),
  },
  {
    step: 'matters',
    asks: 'What matters most to you?',
    why: 'Of what fits, this comes first.',
    about: 'What matters most',
    skip: 'I cannot say',
    fields: [{ name: 'matters', kind: 'one', label: 'What matters most to you?', options: MATTERS }],
  },
]
