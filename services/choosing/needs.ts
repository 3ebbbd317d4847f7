import type { CategoryCode } from '#services/discovery/vocabulary.ts'

/** What would make life better, in plain words, and under which kinds of support it is listed. */
export interface Need {
  value: string
  label: string
  hint?: string
  /** After "You want". */
  wish: string
  categories: readonly CategoryCode[]
}

export const NEEDS: readonly Need[] = [
  {
    value: 'wash',
    label: 'Help to wash, dress or eat',
    wish: 'help to wash, dress or eat',
    categories: ['personal_care', 'personal_assistant'],
  },
  {
    value: 'house',
    label: 'Help with the house',
    hint: 'Cleaning, shopping, cooking, the garden',
    wish: 'help with the house',
    categories: ['help_at_home', 'personal_assistant'],
  },
  {
    value: 'meals',
    label: 'Meals brought to me',
    wish: 'meals brought to you',
    categories: ['meals_delivered'],
  },
  {
    value: 'company',
    label: 'Company',
    hint: 'Somebody to talk to, or to sit with',
    wish: 'company',
    categories: ['sitting_and_company', 'peer_support'],
  },
  {
    value: 'out',
    label: 'Getting out',
    hint: 'Somebody to go with, or a lift',
    wish: 'to get out',
    categories: ['getting_out', 'transport'],
  },
  {
    value: 'do',
    label: 'Things to do, and people to meet',
    wish: 'things to do',
    categories: ['day_activities', 'peer_support'],
  },
  {
    value: 'break',
    label: 'A break for whoever looks after me',
    hint: 'Or a break for you, if you look after somebody',
    wish: 'a break for whoever cares',
    categories: ['short_breaks', 'sitting_and_company', 'carers_support'],
  },
  {
    value: 'night',
    label: 'Somebody there at night',
    wish: 'somebody there at night',
    categories: ['nights', 'live_in'],
  },
  {
    value: 'work',
    label: 'Work or learning',
    wish: 'work or learning',
    categories: ['employment_support', 'learning_and_skills'],
  },
  {
    value: 'better',
    label: 'Feeling better',
    hint: 'In body or in mind',
    wish: 'to feel better',
    categories: ['wellbeing', 'rehabilitation_and_therapy', 'peer_support'],
  },
  {
    value: 'nurse',
    label: 'A nurse who comes',
    wish: 'a nurse who comes',
    categories: ['nursing'],
  },
  {
    value: 'home',
    label: 'Somewhere to live',
    wish: 'somewhere to live',
    categories: ['supported_living', 'shared_lives', 'live_in', 'care_home'],
  },
  {
    value: 'forms',
    label: 'Help with money and forms',
    hint: 'Benefits, a budget, paying people, planning',
    wish: 'help with money and forms',
    categories: ['advice_and_information', 'direct_payment_support', 'brokerage_and_planning'],
  },
  {
    value: 'heard',
    label: 'Somebody to speak up with me',
    wish: 'somebody to speak up with you',
    categories: ['advocacy'],
  },
  {
    value: 'things',
    label: 'Things that make it easier',
    hint: 'Rails, a ramp, an alarm, a chair, gadgets',
    wish: 'things that make it easier',
    categories: ['equipment_and_adaptations', 'technology'],
  },
]

/** The kinds of home, for whoever wants somewhere to live. */
export const HOMES = [
  {
    value: 'supported_living',
    label: 'My own front door, with support',
    hint: 'You rent your home, and people support you there. It is called supported living.',
  },
  {
    value: 'shared_lives',
    label: 'With a family or a person who shares their home',
    hint: 'It is called Shared Lives.',
  },
  {
    value: 'live_in',
    label: 'Where I live now, with somebody living in',
    hint: 'It is called live-in support.',
  },
  { value: 'care_home', label: 'A care home' },
] as const satisfies readonly { value: CategoryCode; label: string; hint?: string }[]

/** The kinds of support that these wishes mean; none when nothing was said. */
export function categoriesOf(what: readonly string[], home: readonly string[] = []): CategoryCode[] {
  const wanted = NEEDS.filter(({ value }) => what.includes(value))
  const homes = HOMES.map(({ value }) => value).filter((value) => home.includes(value))
  const codes = wanted.flatMap((need): readonly CategoryCode[] => categoriesOfNeed(need, homes))
  return [...new Set(codes)]
}

/** The kinds of support of one wish. Which kind of home narrows somewhere to live. */
export const categoriesOfNeed = (
  { value, categories }: Need,
  home: readonly string[],
): readonly CategoryCode[] =>
  value === 'home' && home.length > 0 ? categories.filter((code) => home.includes(code)) : categories
