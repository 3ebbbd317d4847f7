/** The questions of "Help me choose" in Easy Read: why we ask, and each answer in our own short words, with a picture. */
import type { FieldName } from '#services/choosing/questions.ts'
import type { EasyLine, Picture } from './lines.ts'
import { line } from './say.ts'

export interface EasyAnswer {
  label?: string | undefined
  hint?: string | undefined
  picture?: Picture | undefined
}
export interface EasyQuestion {
  asks: string
  picture: Picture
  lines: readonly EasyLine[]
  /** Above each field, where there are several. */
  labels?: Partial<Record<FieldName, string>>
  answers: Readonly<Record<string, EasyAnswer>>
}

const PRESS_MANY = line('press', 'You can press more than one.')
const PRESS_ONE = line('press', 'You can press one.')

export const EASY_QUESTIONS: Readonly<Record<string, EasyQuestion>> = {
  what: {
    asks: 'What would make your life better?',
    picture: 'better',
    lines: [line('search', 'We look for support that does this.'), PRESS_MANY],
    answers: {
      wash: { picture: 'wash' },
      house: { picture: 'house', hint: 'Like cleaning, shopping or cooking' },
      meals: { picture: 'meals' },
      company: { picture: 'company', hint: 'Somebody to talk to' },
      out: { picture: 'bus', hint: 'Somebody to go with, or a lift' },
      do: { picture: 'activities' },
      break: { picture: 'break', hint: 'Or a break for you' },
      night: { picture: 'night' },
      work: { picture: 'work' },
      better: { picture: 'better', hint: 'In your body or in your mind' },
      nurse: { picture: 'nurse' },
      home: { picture: 'home' },
      forms: { picture: 'forms', hint: 'Like benefits or a budget' },
      heard: { picture: 'speak_up' },
      things: { picture: 'things', hint: 'Like rails, a ramp or an alarm' },
    },
  },
  home: {
    asks: 'What kind of home do you want?',
    picture: 'home',
    lines: [line('search', 'We show you only the homes that you press.'), PRESS_MANY],
    answers: {
      supported_living: {
        label: 'My own home, with help',
        hint: 'This is called supported living.',
        picture: 'front_door',
      },
      shared_lives: {
        label: 'With a family, or with a person',
        hint: 'This is called Shared Lives.',
        picture: 'shared_home',
      },
      live_in: {
        label: 'My home now. Somebody lives there with me.',
        hint: 'This is called live-in support.',
        picture: 'live_in',
      },
      care_home: { label: 'A care home', picture: 'care_home' },
    },
  },
  for: {
    asks: 'Who is it for?',
    picture: 'people',
    lines: [line('person', 'Some support is made for some people.'), PRESS_MANY],
    answers: {
      older_people: {},
      dementia: { hint: 'It gets hard to remember things.' },
      learning_disability: { hint: 'It is hard to learn new things.' },
      autism: { label: 'Autistic people' },
      physical_disability: { hint: 'It is hard to move some of your body.' },
      sight_loss: { hint: 'It is hard to see, or you cannot see.' },
      deaf_or_hard_of_hearing: { hint: 'It is hard to hear, or you cannot hear.' },
      mental_health: { hint: 'Your mind feels unwell.' },
      long_term_condition: { hint: 'It does not go away.' },
      brain_injury: { hint: 'Your brain was hurt.' },
      young_adults: { label: 'Young people' },
      end_of_life: {},
      carers: { hint: 'You look after somebody.' },
      drugs_or_alcohol: {},
    },
  },
  setting: {
    asks: 'Where do you want it?',
    picture: 'place',
    lines: [line('search', 'Some people come to you. To some you go.'), PRESS_MANY],
    answers: {
      at_home: { label: 'At my home', picture: 'comes' },
      in_community: { label: 'Out and about', picture: 'out' },
      at_venue: { label: 'At their place', picture: 'venue' },
      online: { label: 'Online, or by phone', picture: 'online' },
      live_in: { label: 'Somebody lives with me', picture: 'live_in' },
    },
  },
  where: {
    asks: 'Where do you live?',
    picture: 'place',
    lines: [
      line('near', 'We show you what is near you.'),
      line('forms', 'Type your postcode, or the name of your town.'),
      line('lock', 'We keep only the first half of a postcode.'),
    ],
    answers: {},
  },
  when: {
    asks: 'When do you want it?',
    picture: 'calendar',
    lines: [line('search', 'We show you who has time then.'), PRESS_MANY],
    labels: { day: 'Which days?', time: 'What time of day?' },
    answers: {
      early: { picture: 'morning' },
      morning: { picture: 'day' },
      afternoon: { picture: 'clock' },
      evening: { picture: 'evening' },
    },
  },
  access: {
    asks: 'What do you need to get in and join in?',
    picture: 'wheelchair',
    lines: [line('search', 'We show you only who has all of it.'), PRESS_MANY],
    answers: {
      step_free: { picture: 'no_steps' },
      wheelchair_space: { label: 'Room for a wheelchair', picture: 'wheelchair' },
      accessible_toilet: { label: 'A toilet for disabled people', picture: 'toilet' },
      changing_place: {
        label: 'A Changing Places toilet',
        hint: 'It has a bench and a hoist.',
        picture: 'toilet',
      },
      hoist: { label: 'A hoist', hint: 'It lifts you.', picture: 'hoist' },
      wheelchair_vehicle: { label: 'A van or a car for a wheelchair', picture: 'van' },
      hearing_loop: {
        label: 'A hearing loop',
        hint: 'It helps you hear with a hearing aid.',
        picture: 'ear',
      },
      british_sign_language: { picture: 'sign' },
      easy_read: { picture: 'easy_read' },
      quiet_space: { label: 'A quiet place', picture: 'quiet' },
      assistance_dogs: { label: 'My assistance dog can come', picture: 'dog' },
      blue_badge_parking: { label: 'Parking with a Blue Badge', picture: 'parking' },
    },
  },
  language: {
    asks: 'Which language do you want?',
    picture: 'language',
    lines: [line('talk', 'So you understand each other.'), PRESS_MANY],
    answers: {},
  },
  who: {
    asks: 'Do you want a woman or a man?',
    picture: 'person',
    lines: [line('worker', 'For close help, you can choose.'), PRESS_ONE],
    answers: { woman: {}, man: {} },
  },
  price: {
    asks: 'How much can it cost?',
    picture: 'price',
    lines: [line('search', 'We leave out what costs more.'), line('clock', 'It is the price for one hour.')],
    answers: {
      free: { label: 'Nothing. It must be free.', picture: 'free' },
      15: { label: 'Up to £15.00 for one hour' },
      20: { label: 'Up to £20.00 for one hour' },
      25: { label: 'Up to £25.00 for one hour' },
      30: { label: 'Up to £30.00 for one hour' },
    },
  },
  fund: {
    asks: 'Which of your money should pay?',
    picture: 'purse',
    lines: [line('search', 'We show you only what this money can buy.'), PRESS_ONE],
    answers: {},
  },
  matters: {
    asks: 'What matters most to you?',
    picture: 'thumb',
    lines: [line('options', 'We put that first.'), PRESS_ONE],
    answers: {
      control: { label: 'I decide', hint: 'People say: I was in control.', picture: 'person' },
      same: { label: 'I see the same people', hint: 'Small groups, with few workers.', picture: 'two' },
      soon: { label: 'It can begin soon', picture: 'soon' },
      near: { label: 'It is near', picture: 'near' },
      cheap: { label: 'It does not cost much', picture: 'money' },
      user_led: { label: 'People who use support run it', picture: 'peers' },
    },
  },
}

/** Before the first question. */
export const CHOOSE_LEAD: readonly EasyLine[] = [
  line('question', 'We ask you some questions. There is one on each page.'),
  line('pause', 'You can leave out a question. You can stop, and go on another day.'),
  line('options', 'Then we show you some support that may suit you.'),
  line('bin', 'Your answers are yours. You can throw them away.'),
]
