/** What an Easy Read page is made of. Types and names only: safe in the browser. */

/** The drawings in app/components/easy-read/pictures.svg, by name. A test keeps the two one. */
export const PICTURES = [
  'activities',
  'advice',
  'ask',
  'bank',
  'better',
  'bin',
  'break',
  'bus',
  'cake',
  'calendar',
  'cancel',
  'car',
  'care',
  'care_home',
  'change',
  'check',
  'choose',
  'clipboard',
  'clock',
  'comes',
  'company',
  'complain',
  'council',
  'danger',
  'day',
  'day_free',
  'dearer',
  'dog',
  'ear',
  'easy_read',
  'evening',
  'eye',
  'forms',
  'free',
  'front_door',
  'hoist',
  'home',
  'house',
  'identity',
  'information',
  'jar',
  'keep',
  'language',
  'learn',
  'length',
  'less',
  'live_in',
  'lock',
  'meals',
  'meeting',
  'money',
  'money_in',
  'money_out',
  'morning',
  'near',
  'night',
  'no_steps',
  'nurse',
  'online',
  'options',
  'out',
  'own_words',
  'page',
  'parking',
  'part',
  'pause',
  'peers',
  'people',
  'person',
  'phone',
  'place',
  'plan',
  'press',
  'price',
  'purse',
  'purse_no',
  'purse_yes',
  'question',
  'quiet',
  'record',
  'risk',
  'rules',
  'sad',
  'say',
  'search',
  'shared_home',
  'sign',
  'soon',
  'speak_up',
  'stop',
  'talk',
  'technology',
  'therapy',
  'things',
  'thumb',
  'toilet',
  'training',
  'two',
  'umbrella',
  'unchecked',
  'van',
  'venue',
  'wait',
  'wash',
  'wheelchair',
  'work',
  'worker',
  'yes_no',
] as const
export type Picture = (typeof PICTURES)[number]

/** One idea: one or two short sentences with a picture beside. */
export interface EasyLine {
  picture: Picture
  words: string
  /** A hard word in `words`, shown strong; the line says what it means. */
  hard?: string | undefined
  /** Facts that are no sentences: days, languages, an address. */
  items?: readonly string[] | undefined
  /** A fact with its name: why a fund cannot pay, what is in it. */
  more?: { label: string; words: string } | undefined
  /** What somebody else wrote, never shortened, shown as theirs. */
  theirs?: { by: string; words: string } | undefined
  link?: { href: string; words: string } | undefined
}

/** A few ideas about one thing. */
export interface EasyPart {
  id: string
  heading: string | null
  lines: readonly EasyLine[]
}
