/** Kinds of support, places and people by their codes, in sentences of our own. */
import { audienceName, type CategoryCode } from '#services/discovery/vocabulary.ts'
import type { EasyLine, Picture } from './lines.ts'
import { line, lines, who } from './say.ts'

interface Kind {
  picture: Picture
  words: string
  /** What the sector calls it. */
  called?: string
}

const KINDS_OF_SUPPORT: Readonly<Record<CategoryCode, Kind>> = {
  personal_care: { picture: 'wash', words: 'They help you wash, dress or eat.', called: 'personal care' },
  help_at_home: { picture: 'house', words: 'They help you at home.' },
  sitting_and_company: { picture: 'company', words: 'They keep you company.' },
  getting_out: { picture: 'out', words: 'They help you go out.' },
  day_activities: { picture: 'activities', words: 'There are things to do and people to meet.' },
  short_breaks: { picture: 'break', words: 'It is a break for you, or for whoever looks after you.' },
  live_in: { picture: 'live_in', words: 'Somebody lives in your home and helps you.' },
  nights: { picture: 'night', words: 'Somebody is there for you at night.' },
  supported_living: {
    picture: 'front_door',
    words: 'You have your own home. Somebody helps you there.',
    called: 'supported living',
  },
  shared_lives: {
    picture: 'shared_home',
    words: 'You live with a family, or with a person who helps you.',
    called: 'Shared Lives',
  },
  personal_assistant: {
    picture: 'two',
    words: 'One person helps you in the way you want.',
    called: 'a personal assistant',
  },
  rehabilitation_and_therapy: { picture: 'therapy', words: 'They help you get stronger.' },
  nursing: { picture: 'nurse', words: 'A nurse helps you.' },
  employment_support: { picture: 'work', words: 'They help you find work, or keep it.' },
  learning_and_skills: { picture: 'learn', words: 'They help you learn new things.' },
  advocacy: { picture: 'speak_up', words: 'They help you say what you want.', called: 'advocacy' },
  brokerage_and_planning: { picture: 'plan', words: 'They help you plan your support.' },
  direct_payment_support: {
    picture: 'bank',
    words: 'They help you with the money for your support.',
  },
  peer_support: { picture: 'peers', words: 'You meet people who know what it is like.' },
  carers_support: { picture: 'care', words: 'They help people who look after somebody.' },
  wellbeing: { picture: 'better', words: 'It helps you feel better.' },
  equipment_and_adaptations: { picture: 'things', words: 'They have things that make life easier.' },
  transport: { picture: 'car', words: 'They take you where you want to go.' },
  meals_delivered: { picture: 'meals', words: 'They bring meals to your home.' },
  technology: { picture: 'technology', words: 'They help you use an alarm, a phone or a tablet.' },
  advice_and_information: { picture: 'advice', words: 'They answer your questions.' },
  care_home: {
    picture: 'care_home',
    words: 'You live there. People help you day and night.',
    called: 'a care home',
  },
}

const kindOf = (category: string): Kind =>
  KINDS_OF_SUPPORT[category as CategoryCode] ?? { picture: 'care', words: 'It is support for you.' }

/** 'They help you wash, dress or eat.', and what that is called. */
export function kindLines(category: string): EasyLine[] {
  const { picture, words, called } = kindOf(category)
  return lines(
    line(picture, words),
    called !== undefined && line('learn', `This is called ${called}.`, { hard: called }),
  )
}

/** 'Rahma comes to your home.': who goes where. Nothing where the kind of support has said it. */
export function settingLine(setting: string | null, category: string, name: string): EasyLine | null {
  if (category === 'live_in' && setting === 'live_in') return null
  switch (setting) {
    case 'at_home':
      return line('comes', `${who(name, 'comes', 'come')} to your home.`)
    case 'in_community':
      return line('out', 'You meet out and about.')
    case 'at_venue':
      return category === 'care_home' ? null : line('venue', 'You go to their place.')
    case 'online':
      return line('online', 'It is online or by phone.')
    case 'live_in':
      return line('live_in', 'Somebody lives in your home with you.')
    default:
      return null
  }
}

const KINDS_OF_PROVIDER: Readonly<Record<string, readonly [Picture, string]>> = {
  user_led_organisation: ['peers', 'It is run by people who use support themselves.'],
  social_enterprise: ['people', 'It is a business that is there to help people.'],
  charity: ['care', 'It is a charity. It is there to help.'],
  community_group: ['people', 'It is a group of people who live near here.'],
  cooperative: ['people', 'The people who work there, or use it, own it.'],
  micro_enterprise: ['two', 'It is very small. Often it is one or two people.'],
  personal_assistant: ['person', 'It is one person.'],
  private_company: ['venue', 'It is a company.'],
  council_service: ['council', 'The council runs it.'],
}

/** What kind of provider it is; nothing when nobody has said. */
export function providerLine(kind: string): EasyLine | null {
  const found = KINDS_OF_PROVIDER[kind]
  return found ? line(found[0], found[1]) : null
}

/** 'older people', 'Deaf or hard of hearing people' */
export const audience = (code: string): string => {
  const name = audienceName(code)
  return name.startsWith('Deaf') ? name : name.slice(0, 1).toLowerCase() + name.slice(1)
}

/** Whom it is for, and how old. */
export function forWhomLines(
  audiences: readonly string[],
  ages: { min: number | null; max: number | null },
): EasyLine[] {
  const people = audiences.map(audience)
  return lines(
    people.length === 0
      ? line('people', 'It is for anybody.')
      : people.length === 1
        ? line('people', `It is for ${people[0] ?? ''}.`)
        : line('people', 'It is for these people:', { items: people }),
    ageLine(ages),
  )
}

function ageLine({ min, max }: { min: number | null; max: number | null }): EasyLine | null {
  if (min !== null && max !== null)
    return line('cake', `You must be between ${String(min)} and ${String(max)} years old.`)
  if (min !== null) return line('cake', `You must be ${String(min)} or older.`)
  return max === null ? null : line('cake', `You must be ${String(max)} or younger.`)
}
